// Asks the AusweisApp of this machine whether it runs and says so. Without this script the page says how one sees it.
const line = document.querySelector("[data-app-status]");
if (line) {
  const say = (words) => { line.textContent = words; };
  const ask = (triesLeft) => {
    fetch(line.dataset.appStatus, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(3000) })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then(() => say(line.dataset.found))
      .catch(() => {
        say(line.dataset.missing);
        // The person may start the app meanwhile.
        if (triesLeft > 0) setTimeout(ask, 5000, triesLeft - 1);
      });
  };
  ask(60);
}
