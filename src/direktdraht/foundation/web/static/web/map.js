// Places on a map: an extra beside the search for a street and the words. What is drawn becomes a place to choose, like one that was found.
// The same map shows a place on staff pages, read only. Without this script the fields beside it say and ask everything.
const facts = document.currentScript.dataset;
const LEAST = { point: 1, line: 2, area: 3 };
const MOST = 50;
const COLOUR = getComputedStyle(document.documentElement).getPropertyValue("--city-accent").trim() || "#003c90";
const known = fetch(facts.streets).then((answer) => (answer.ok ? answer.json() : { features: [] })).catch(() => ({ features: [] }));

known.then((streets) => {
  for (const place of document.querySelectorAll("[data-map]")) ask(place, streets);
  for (const place of document.querySelectorAll("[data-map-shown]")) show(place, streets);
});

function make(tag, properties, ...inner) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inner);
  return made;
}

function base(box, streets, name) {
  box.setAttribute("aria-label", `${facts.mapTitle}: ${name}`);
  box.setAttribute("role", "application");
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, keyboardPanDelta: 40, zoomSnap: 0.5, maxZoom: 19 });
  map.attributionControl.setPrefix(false).addAttribution(make("span", { textContent: `${facts.sourceTitle}: ${facts.source}` }).innerHTML);
  L.control.zoom({ zoomInTitle: facts.larger, zoomOutTitle: facts.smaller }).addTo(map);
  const foreign = { wms: () => L.tileLayer.wms(facts.address, { layers: facts.layers, format: "image/png", version: "1.3.0" }), wmts: () => L.tileLayer(facts.address) }[facts.kind];
  if (foreign) foreign().addTo(map);
  const lines = L.geoJSON(streets, {
    interactive: false,
    style: { color: "#8a8f98", weight: 3, opacity: foreign ? 0 : 1 },
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 2 }),
  }).addTo(map);
  const bounds = lines.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds).setMaxBounds(bounds.pad(0.5));
  else map.setView([51.2, 10.4], 6);
  if (!foreign) names(map, lines);
  return map;
}

function names(map, lines) {
  const written = L.layerGroup().addTo(map);
  const write = () => {
    written.clearLayers();
    if (map.getZoom() < 15.5) return;
    const seen = map.getBounds();
    lines.eachLayer((street) => {
      if (!street.getBounds().intersects(seen)) return;
      const along = street.getLatLngs ? street.getLatLngs()[0] : [street.getBounds().getCenter()];
      const middle = L.latLng((along[0].lat + along.at(-1).lat) / 2, (along[0].lng + along.at(-1).lng) / 2);
      written.addLayer(L.tooltip(middle, { permanent: true, direction: "center", className: "dd-map__name", content: make("span", { textContent: street.feature.properties.name }) }));
    });
  };
  map.on("zoomend moveend", write);
  write();
}

function figure(shape, corners) {
  const style = { color: COLOUR, weight: 4, fillOpacity: 0.2, interactive: false };
  const dots = corners.map((at) => L.circleMarker(at, { ...style, radius: shape === "point" ? 9 : 5, fillOpacity: 0.9 }));
  const body = shape === "area" && corners.length > 2 ? [L.polygon(corners, style)] : shape === "point" ? [] : [L.polyline(corners, style)];
  return L.featureGroup([...body, ...dots]);
}

function read(written) {
  const [, shape = "point", list] = /^(?:(line|area):)?(.+)$/.exec(written.replace(/^(-?[\d.]+) (-?[\d.]+)( .*)?$/, "$1,$2").split(" ")[0]) || [];
  const corners = (list || "").split(";").map((one) => one.split(",").map(Number));
  return corners.every((one) => one.length === 2 && one.every(Number.isFinite)) ? { shape, corners: corners.map((one) => L.latLng(one)) } : null;
}

function look(map, drawn) {
  if (drawn.getLayers().length) map.fitBounds(drawn.getBounds().pad(0.3), { maxZoom: 17, animate: false });
}

function show(place, streets) {
  const found = read(place.dataset.mapShown);
  if (!found) return;
  place.hidden = false;
  const box = make("div", { className: "dd-map__box" });
  place.append(box);
  const map = base(box, streets, place.dataset.name);
  look(map, figure(found.shape, found.corners).addTo(map));
}

function nearest(streets, map, at) {
  const here = map.project(at, 18);
  let best = { far: 150, name: "" };
  const near = (name, one, two) => {
    const far = L.LineUtil.pointToSegmentDistance(here, one, two);
    if (far < best.far) best = { far, name };
  };
  for (const { properties, geometry } of streets.features) {
    const lines = geometry.type === "MultiLineString" ? geometry.coordinates : geometry.coordinates.map((one) => [one, one]);
    for (const line of lines) {
      const points = line.map(([lng, lat]) => map.project([lat, lng], 18));
      points.slice(1).forEach((point, index) => near(properties.name, points[index], point));
    }
  }
  return best.name;
}

function ask(place, streets) {
  const { map: path, field, shapes: allowed, name } = place.dataset;
  const shapes = allowed.split(" ");
  const group = place.closest("fieldset");
  const found = group.querySelector(".dd-find__found");
  const search = document.getElementById(field);
  const box = make("div", { className: "dd-map__box" });
  const state = make("p", { className: "dd-small" });
  state.setAttribute("aria-live", "polite");
  let shape = shapes[0];
  let corners = [];
  let drawn = null;

  const button = (text, action) => make("button", { type: "button", className: "kern-btn kern-btn--tertiary", onclick: action }, make("span", { className: "kern-label", textContent: text }));
  const kinds = make("fieldset", { className: "dd-map__kinds" }, make("legend", { textContent: facts.what }));
  for (const one of shapes) {
    const choice = make("input", { type: "radio", className: "kern-form-check__radio", id: `${field}-art-${one}`, checked: one === shape, onchange: () => { shape = one; corners = []; draw(); } });
    choice.setAttribute("name", `${field}-art`);
    choice.setAttribute("form", "");
    kinds.append(make("div", { className: "kern-form-check" }, choice, make("label", { className: "kern-label", htmlFor: choice.id, textContent: facts[one] })));
  }
  const buttons = make("div", { className: "dd-map__buttons" }, button(facts.set, () => add(map.getCenter())));
  if (shapes.some((one) => one !== "point")) buttons.append(button(facts.back, () => { corners.pop(); draw(); }));
  buttons.append(button(facts.clear, () => { corners = []; draw(); }));
  place.append(make("p", { className: "dd-small", textContent: facts.how }), ...(shapes.length > 1 ? [kinds] : []), box, buttons, state);
  place.hidden = false;
  const map = base(box, streets, name);
  box.append(make("div", { className: "dd-map__cross", ariaHidden: "true" }));
  map.on("click", (event) => add(event.latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault();
    add(map.getCenter());
  });
  found.addEventListener("change", (event) => take(event.target.value));
  const before = found.querySelector("input:checked");
  if (before) take(before.value);

  function take(value) {
    const given = read(value);
    if (!given) return;
    ({ shape, corners } = given);
    for (const choice of kinds.querySelectorAll("input")) choice.checked = choice.id.endsWith(`-${shape}`);
    paint();
    look(map, drawn);
  }

  function add(at) {
    if (shape === "point") corners = [];
    if (corners.length < MOST) corners.push(at.wrap());
    draw();
  }

  function paint() {
    if (drawn) drawn.remove();
    drawn = figure(shape, corners).addTo(map);
  }

  function draw() {
    paint();
    const own = found.querySelector("[data-drawn]");
    if (own) own.remove();
    const lacking = LEAST[shape] - corners.length;
    if (lacking > 0) {
      for (const radio of found.querySelectorAll("input")) radio.checked = false;
      state.textContent = corners.length ? `${facts.more} ${lacking}` : facts.nothing;
      return;
    }
    const street = nearest(streets, map, corners[0]);
    const label = street ? `${facts.near} ${street}` : facts.nowhere;
    const points = corners.map((at) => [at.lat.toFixed(6), at.lng.toFixed(6)]);
    const where = shape === "point" ? points[0].join(" ") : `${shape}:${points.map((one) => one.join(",")).join(";")}`;
    const radio = make("input", { type: "radio", className: "kern-form-check__radio", id: `${field}-karte`, value: `${where} ${label}` });
    radio.setAttribute("name", path);
    const item = make("div", { className: "kern-form-check" }, radio, make("label", { className: "kern-label", htmlFor: radio.id, textContent: label }));
    item.dataset.drawn = "";
    found.prepend(item);
    radio.checked = true;
    group.querySelector(`[name="${path}.searched"]`).value = search.value;
    state.textContent = `${facts.chosen}: ${label} (${points.map((one) => one.join(", ")).join(" – ")})`;
  }
}
