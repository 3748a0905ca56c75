// Chosen files are sent at once, one after the other, with progress, pause and retry. Without this script they come with the page.
// Larger ones go in pieces (tus 1.0.0): after a pause, a broken connection or a reload they go on where they stopped.
const PIECE = 1024 * 1024;
const WAITS = [1000, 3000, 8000]; // milliseconds before it is tried again by itself
const TUS = { "Tus-Resumable": "1.0.0" };

for (const form of document.querySelectorAll("form[data-upload-url]")) {
  for (const input of form.querySelectorAll("input[type=file]")) watch(form, input);
}

function watch(form, input) {
  const texts = form.dataset;
  const waiting = [];
  const left = new Map(); // what failed and may still come with the page, by its line
  let running = null; // the request or the wait that goes on now
  let sending = null; // the button that was pressed meanwhile
  const begun = begunUploads(`${texts.uploadUrl}#${input.name}`);
  for (const one of begun.all()) offer(one);

  input.addEventListener("change", () => {
    for (const file of [...input.files]) {
      const known = begun.find(file);
      waiting.push([file, (known && known.line) || line(file), known]);
    }
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
    if (job) start(...job);
    else if (sending) { const button = sending; sending = null; form.requestSubmit(button); }
  }

  function withThePage() {
    if (!left.size) return;
    const kept = new DataTransfer();
    for (const file of left.values()) kept.items.add(file);
    input.files = kept.files;
  }

  function start(file, item, known) {
    if (file.size <= PIECE) whole(file, item);
    else inPieces(file, item, known || begun.note(file));
  }

  function whole(file, item) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("path", input.name);
    body.append("file", file);
    const request = running = new XMLHttpRequest();
    const bar = progress(file, item, [button(texts.uploadCancel, file, () => { request.abort(); item.remove(); done(); })]);
    request.upload.onprogress = (event) => bar(event.loaded, event.total);
    request.onload = () => { answered(request, file, item); done(); };
    request.onerror = () => { failed(file, item); done(); };
    request.open("POST", texts.uploadUrl);
    request.send(body);
  }

  function inPieces(file, item, entry) {
    let tries = 0;
    const cancel = button(texts.uploadCancel, file, () => { stop(); forget(entry); item.remove(); done(); });
    const pause = button(texts.uploadPause, file, () => {
      stop();
      item.replaceChildren(`${file.name}: ${texts.uploadPaused} `, button(texts.uploadResume, file, () => { item.replaceChildren(`${file.name}: ${texts.uploadWaiting}`); waiting.push([file, item, entry]); next(); }), cancel);
      item.querySelector("button").focus();
      done();
    });
    const bar = progress(file, item, [pause, cancel]);
    where();

    function stop() {
      if (running && running.abort) running.abort();
      else clearTimeout(running);
    }

    function ask(method, url, headers, body, then) {
      const request = running = new XMLHttpRequest();
      request.open(method, url);
      for (const [name, value] of Object.entries({ ...TUS, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...headers })) request.setRequestHeader(name, value);
      if (body) request.upload.onprogress = (event) => bar(Number(headers["Upload-Offset"]) + event.loaded, file.size);
      request.onload = () => (request.status >= 500 ? again() : then(request));
      request.onerror = again;
      request.send(body);
    }

    function again() {
      if (tries === WAITS.length) { failed(file, item, entry); return done(); }
      running = setTimeout(where, WAITS[tries]);
      tries += 1;
    }

    function where() {
      if (!entry.url) return announce();
      ask("HEAD", entry.url, {}, null, (request) => {
        if (request.status !== 200) { entry.url = ""; return announce(); }
        send(Number(request.getResponseHeader("Upload-Offset")));
      });
    }

    function announce() {
      const told = `path ${base64(input.name)},filename ${base64(file.name)}`;
      ask("POST", `${texts.uploadUrl}/stuecke`, { "Upload-Length": String(file.size), "Upload-Metadata": told }, null, (request) => {
        if (request.status !== 201) { forget(entry); answered(request, file, item); return done(); }
        entry.url = request.getResponseHeader("Location");
        begun.save();
        send(0);
      });
    }

    function send(offset) {
      bar(offset, file.size);
      if (offset >= file.size) return finish();
      const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
      ask("PATCH", entry.url, headers, file.slice(offset, offset + PIECE), (request) => {
        if (request.status === 204) { tries = 0; send(Number(request.getResponseHeader("Upload-Offset"))); }
        else again();
      });
    }

    function finish() {
      ask("POST", `${entry.url}/fertig`, {}, null, (request) => { begun.drop(entry); answered(request, file, item); done(); });
    }
  }

  function forget(entry) {
    begun.drop(entry);
    if (entry.url) fetch(entry.url, { method: "DELETE", headers: { ...TUS, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } }).catch(() => {});
  }

  function progress(file, item, buttons) {
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0, ariaLabel: file.name });
    const share = Object.assign(document.createElement("span"), { textContent: "0 %" });
    share.setAttribute("aria-live", "off");
    item.className = "";
    item.replaceChildren(`${file.name}: `, bar, " ", share, ...buttons.flatMap((one) => [" ", one]));
    return (loaded, total) => {
      bar.value = total ? Math.min(100, Math.round(100 * loaded / total)) : 0;
      share.textContent = `${bar.value} %`;
    };
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

  function failed(file, item, entry) {
    left.set(item, file);
    const again = button(texts.uploadRetry, file, () => { left.delete(item); waiting.push([file, item, entry]); next(); });
    const drop = button(texts.uploadCancel, file, () => { left.delete(item); if (entry) forget(entry); item.remove(); });
    item.replaceChildren(`${file.name}: ${texts.uploadFailed} `, again, drop);
  }

  // After a reload the browser has lost the file: the person chooses it once more, and it goes on.
  function offer(entry) {
    entry.line = line(entry);
    entry.line.replaceChildren(`${entry.name}: ${texts.uploadBegun} `, button(texts.uploadCancel, entry, () => { forget(entry); entry.line.remove(); }));
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

// What this tab has begun for one question; the tab forgets it when it is closed.
function begunUploads(place) {
  let kept = [];
  try { kept = JSON.parse(sessionStorage.getItem(place)) || []; } catch { /* without storage a reload begins anew */ }
  const save = () => {
    const plain = kept.filter((one) => one.url).map(({ name, size, changed, url }) => ({ name, size, changed, url }));
    try { sessionStorage.setItem(place, JSON.stringify(plain)); } catch { /* as above */ }
  };
  return {
    save,
    all: () => kept,
    find: (file) => kept.find((one) => one.line && one.name === file.name && one.size === file.size && one.changed === file.lastModified),
    note(file) {
      const entry = { name: file.name, size: file.size, changed: file.lastModified, url: "" };
      kept.push(entry);
      return entry;
    },
    drop(entry) { kept = kept.filter((one) => one !== entry); save(); },
  };
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function button(text, file, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "dd-link", onclick: action });
  const name = Object.assign(document.createElement("span"), { className: "kern-sr-only", textContent: ` ${file.name}` });
  made.append(text, name);
  return made;
}
