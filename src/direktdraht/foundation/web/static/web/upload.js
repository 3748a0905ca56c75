// Chosen files are sent at once, one after the other, with progress, cancel and retry. Without this script they come with the page.
for (const form of document.querySelectorAll("form[data-upload-url]")) {
  for (const input of form.querySelectorAll("input[type=file]")) watch(form, input);
}

function watch(form, input) {
  const texts = form.dataset;
  const waiting = [];
  const left = new Map(); // what failed and may still come with the page, by its line
  let running = null;
  let sending = null; // the button that was pressed meanwhile

  input.addEventListener("change", () => {
    for (const file of [...input.files]) waiting.push([file, line(file)]);
    input.value = "";
    next();
  });
  form.addEventListener("submit", (event) => {
    if (!running && !waiting.length) return withThePage();
    event.preventDefault();
    sending = event.submitter;
  });

  function next() {
    if (running) return;
    const job = waiting.shift();
    if (job) send(...job);
    else if (sending) { const button = sending; sending = null; form.requestSubmit(button); }
  }

  function withThePage() {
    if (!left.size) return;
    const kept = new DataTransfer();
    for (const file of left.values()) kept.items.add(file);
    input.files = kept.files;
  }

  function send(file, item) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("path", input.name);
    body.append("file", file);
    const request = running = new XMLHttpRequest();
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0, ariaLabel: file.name });
    const share = Object.assign(document.createElement("span"), { textContent: "0 %" });
    share.setAttribute("aria-live", "off");
    item.replaceChildren(`${file.name}: `, bar, " ", share, button(texts.uploadCancel, file, () => { request.abort(); item.remove(); done(); }));
    request.upload.onprogress = (event) => {
      bar.value = event.total ? Math.round(100 * event.loaded / event.total) : 0;
      share.textContent = `${bar.value} %`;
    };
    request.onload = () => { answered(request, file, item); done(); };
    request.onerror = () => { failed(file, item); done(); };
    request.open("POST", form.dataset.uploadUrl);
    request.send(body);
  }

  function done() { running = null; next(); }

  function answered(request, file, item) {
    const answer = request.getResponseHeader("Content-Type") === "application/json" ? JSON.parse(request.responseText) : {};
    if (request.status === 200) {
      const remove = button(texts.uploadRemove, answer, () => {});
      Object.assign(remove, { type: "submit", name: "_remove_file", value: `${input.name}:${answer.id}`, formNoValidate: true });
      item.replaceChildren(`${answer.name}, ${answer.size} `, remove);
    } else if (request.status === 422) {
      item.replaceChildren(answer.error);
      item.className = "dd-error";
    } else failed(file, item);
  }

  function failed(file, item) {
    left.set(item, file);
    const again = button(texts.uploadRetry, file, () => { left.delete(item); waiting.push([file, item]); next(); });
    const drop = button(texts.uploadCancel, file, () => { left.delete(item); item.remove(); });
    item.replaceChildren(`${file.name}: ${texts.uploadFailed} `, again, drop);
  }

  function line(file) {
    const item = document.createElement("li");
    item.textContent = `${file.name}: ${texts.uploadWaiting}`;
    list().append(item);
    return item;
  }

  function list() {
    const label = form.querySelector(`label[for="${input.id}"]`);
    let found = label.previousElementSibling;
    if (!found || !found.matches(".dd-stored")) {
      found = Object.assign(document.createElement("ul"), { className: "dd-stored" });
      label.before(found);
    }
    found.setAttribute("aria-live", "polite");
    return found;
  }
}

function button(text, file, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "dd-link", onclick: action });
  const name = Object.assign(document.createElement("span"), { className: "kern-sr-only", textContent: ` ${file.name}` });
  made.append(text, name);
  return made;
}
