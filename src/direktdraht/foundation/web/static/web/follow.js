// Pages that show what happens now: the part marked data-follow is fetched anew every so many seconds, data-say is read out when
// it changes, data-return leads back by itself, data-print prints. Without script the page reloads or is reloaded.
const part = document.querySelector("[data-follow]");
if (part) setInterval(look, Number(part.dataset.follow) * 1000);

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok || document.activeElement.closest("[data-follow]")) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-follow]");
  if (!fresh) return location.reload();
  part.replaceChildren(...fresh.childNodes);
  const [said, say] = [document.querySelector("[data-say]"), page.querySelector("[data-say]")];
  if (said && say && said.textContent !== say.textContent) said.textContent = say.textContent;
}

const back = document.querySelector("[data-return]");
if (back) setTimeout(() => location.replace(back.querySelector("a").href), Number(back.dataset.return) * 1000);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
