// Lines of the editor are moved by pulling: an extra beside the buttons, with mouse, pen or finger. It posts the very same command, with the number of places.
for (const list of document.querySelectorAll("[data-drag]")) {
  const form = list.dataset.dragForm ? document.getElementById(list.dataset.dragForm) : list.closest("form");
  if (form) for (const line of list.children) handle(list, form, line);
}

function handle(list, form, line) {
  const grip = Object.assign(document.createElement("span"), { className: "dd-grip", textContent: "⠿", ariaHidden: "true" });
  line.prepend(grip);
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    pull(list, form, line, grip);
  });
}

// Those beside a line: of the same depth, up to a line that lies less deep.
function beside(line) {
  const found = [line];
  for (const way of ["previousElementSibling", "nextElementSibling"]) {
    for (let one = line[way]; one && one.dataset.depth >= line.dataset.depth; one = one[way]) {
      if (one.dataset.depth === line.dataset.depth) found[way === "nextElementSibling" ? "push" : "unshift"](one);
    }
  }
  return found;
}

function pull(list, form, line, grip) {
  const lines = beside(line);
  const from = lines.indexOf(line);
  let to = from;
  const told = Object.assign(document.createElement("p"), { className: "kern-sr-only" });
  told.setAttribute("role", "status");
  form.append(told);
  line.classList.add("dd-pulled");

  function mark(event) {
    to = lines.findIndex((one) => event.clientY < one.getBoundingClientRect().bottom);
    if (to < 0) to = lines.length - 1;
    lines.forEach((one, place) => {
      one.classList.toggle("dd-drop-before", place === to && to < from);
      one.classList.toggle("dd-drop-after", place === to && to > from);
    });
    told.textContent = `${list.dataset.dragWord} ${to + 1} / ${lines.length}`;
  }

  function end() {
    for (const one of lines) one.classList.remove("dd-pulled", "dd-drop-before", "dd-drop-after");
    grip.removeEventListener("pointermove", mark);
    grip.removeEventListener("pointerup", drop);
    grip.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", giveUp);
    told.remove();
  }

  function giveUp(event) { if (event.key === "Escape") end(); }

  function drop() {
    end();
    if (to === from) return;
    for (const [name, value] of [[list.dataset.drag, line.dataset.key], ["places", Math.abs(to - from)]]) {
      const known = form.querySelector(`input[name="${name}"]`);
      const field = known || Object.assign(document.createElement("input"), { type: "hidden", name });
      field.value = value;
      if (!known) form.append(field);
    }
    form.action = to < from ? list.dataset.dragBack : list.dataset.dragOn;
    form.submit();
  }

  grip.addEventListener("pointermove", mark);
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", end);
  document.addEventListener("keydown", giveUp);
}
