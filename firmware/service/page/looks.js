// The menu of looks: those that this camera has, by their packs; and how much of the one that is on.

import { call, request } from "./client.js";

const menu = () => document.getElementById("look");
const strength = () => document.getElementById("look-strength");
const sheet = () => document.getElementById("look-sheet");

function option(value, text, title = "") {
  return Object.assign(document.createElement("option"), { value, textContent: text, title });
}

function group(pack, looks) {
  const made = Object.assign(document.createElement("optgroup"), { label: pack.info.title });
  made.append(...looks.map((look) => option(look.name, look.title, look.summary)));
  return made;
}

/** The contact sheet of the pack of the look that is on; it is loaded when somebody opens it. */
function offer_sheet(pack) {
  sheet().hidden = !pack?.info.sheet;
  const image = sheet().querySelector("img");
  const path = `/api/v1/looks/packs/${pack?.info.name}/sheet.jpg`;
  const load = async () => {
    if (!sheet().open || sheet().hidden || image.dataset.path === path) return;
    image.dataset.path = path;
    URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(await (await request("GET", path)).blob());
  };
  sheet().ontoggle = () => load().catch(() => (sheet().hidden = true));
  sheet().ontoggle();
}

function show_strength() {
  strength().nextElementSibling.textContent = `${Math.round(100 * strength().value)} %`;
}

function show({ current, features, looks, packs, strength: amount }) {
  const mine = (pack) => looks.filter((look) => look.name.startsWith(`${pack.info.name}/`));
  const groups = packs.filter((pack) => pack.available).map((pack) => group(pack, mine(pack)));
  menu().replaceChildren(option("none", "None"), ...groups);
  menu().value = current;
  menu().title = menu().selectedOptions[0]?.title ?? "";
  strength().value = amount;
  strength().disabled = current === "none";
  show_strength();
  offer_sheet(packs.find((pack) => current.startsWith(`${pack.info.name}/`)));
  document.getElementById("frame-choice").hidden = !features.includes("captions");
}

export async function show_looks(complain) {
  show(await call("GET", "looks"));
  strength().oninput = show_strength;
  menu().onchange = strength().onchange = async () => {
    try {
      show(await call("PUT", "looks/current", { look: menu().value, strength: Number(strength().value) }));
    } catch (error) {
      complain(error);
      show(await call("GET", "looks"));
    }
  };
}
