// The menu of looks: those that this camera has, by their packs.

import { call } from "./client.js";

const menu = () => document.getElementById("look");

function option(value, text, title = "") {
  return Object.assign(document.createElement("option"), { value, textContent: text, title });
}

function group(pack, looks) {
  const made = Object.assign(document.createElement("optgroup"), { label: pack.info.title });
  made.append(...looks.map((look) => option(look.name, look.title, look.summary)));
  return made;
}

function show({ current, looks, packs }) {
  const mine = (pack) => looks.filter((look) => look.name.startsWith(`${pack.info.name}/`));
  const groups = packs.filter((pack) => pack.available).map((pack) => group(pack, mine(pack)));
  menu().replaceChildren(option("none", "None"), ...groups);
  menu().value = current;
  menu().title = menu().selectedOptions[0]?.title ?? "";
}

export async function show_looks(complain) {
  show(await call("GET", "looks"));
  menu().onchange = async () => {
    try {
      show(await call("PUT", "looks/current", { look: menu().value }));
    } catch (error) {
      complain(error);
      show(await call("GET", "looks"));
    }
  };
}
