// Keyboard on the staff side: j and k move through the list, "/" goes to the search field. Everything works without it.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  }
  if (event.key !== "j" && event.key !== "k") return;
  const links = [...document.querySelectorAll(".dd-table tbody td a")];
  const next = links.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
  if (links[next]) links[next].focus();
});
