// Taking pictures, and those that were taken.

import { call, download, request } from "./client.js";
import { bytes_text } from "./readout.js";

const $ = (id) => document.getElementById(id);
const modes = {
  photo: { title: "Photo", options: [["full_resolution", "Full resolution", "checkbox", false]] },
  burst: { title: "Burst", options: [["count", "Pictures", "number", 5]] },
  bracket: { title: "Bracket", options: [] },
  timelapse: {
    title: "Time lapse",
    options: [["count", "Pictures", "number", 60], ["interval_s", "Every, s", "number", 5]],
  },
  pro: {
    title: "Pro",
    options: [
      ["count", "Pictures", "number", 1],
      ["ExposureTime", "Exposure, µs", "number", ""],
      ["AnalogueGain", "Gain", "number", ""],
      ["LensPosition", "Focus, 1/m", "number", ""],
    ],
  },
};

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The form under the picture. */
export class Shutter {
  constructor(complain) {
    this.complain = complain;
    this.mode = "photo";
    for (const [value, { title }] of Object.entries(modes)) {
      const input = element("input", { type: "radio", name: "mode", value, checked: value === this.mode });
      input.onchange = () => this.choose(value);
      $("modes").append(element("label", {}, input, element("span", { textContent: title })));
    }
    this.choose(this.mode);
    $("shoot").onsubmit = (event) => (event.preventDefault(), this.take());
    $("progress").querySelector("button").onclick = () => this.cancel();
  }

  choose(mode) {
    this.mode = mode;
    this.inputs = modes[mode].options.map(([name, title, type, initial]) => {
      const least = { count: 1, interval_s: 0.01 }[name] ?? 0;
      const input = element("input", { type, name, min: least, step: "any", placeholder: initial === "" ? "as is" : "" });
      if (type === "checkbox") input.checked = initial;
      else input.value = initial;
      return { name, input, title };
    });
    $("mode-options").replaceChildren(
      ...this.inputs.map(({ title, input }) => element("label", {}, input, ` ${title}`)),
    );
  }

  async take() {
    const request_body = { mode: this.mode, frame: $("frame").value };
    for (const { name, input } of this.inputs)
      if (input.type === "checkbox") request_body[name] = input.checked;
      else if (input.value !== "") request_body[name] = Number(input.value);
    try {
      await call("POST", "captures", request_body);
    } catch (error) {
      this.complain(error);
    }
  }

  async cancel() {
    try {
      await call("POST", `captures/${this.id}/cancel`);
    } catch (error) {
      this.complain(error);
    }
  }

  show(capture) {
    const at_work = capture.state === "queued" || capture.state === "running";
    if (!at_work && capture.id !== this.id) return;
    this.id = capture.id;
    $("progress").hidden = !at_work;
    $("progress").querySelector("progress").value = capture.total ? capture.done / capture.total : 0;
    $("progress").querySelector("span").textContent = `${capture.done} of ${capture.total}`;
  }
}

/** The list of captures. Thumbnails are loaded as they come into view. */
export class Library {
  constructor(complain) {
    this.complain = complain;
    this.items = new Map();
    this.eye = new IntersectionObserver((seen) => seen.forEach((entry) => entry.isIntersecting && this.thumb(entry.target)));
  }

  async refresh() {
    const captures = await call("GET", "captures");
    const ids = new Set(captures.map(({ id }) => id));
    for (const id of this.items.keys()) if (!ids.has(id)) this.items.delete(id);
    for (const capture of captures) this.update(capture);
    $("captures").replaceChildren(...captures.map(({ id }) => this.items.get(id).node));
    if (!captures.length) $("captures").append(element("li", { className: "quiet", textContent: "None yet." }));
  }

  update(capture) {
    const form = JSON.stringify(capture), known = this.items.get(capture.id);
    if (known?.form === form) return;
    this.items.set(capture.id, { form, node: this.item(capture) });
  }

  item(capture) {
    const picture = capture.files.find(({ type }) => type === "image/jpeg");
    const thumb = element("div", { className: "thumb" });
    if (picture) {
      thumb.dataset.path = `/api/v1/captures/${capture.id}/files/${picture.name}`;
      this.eye.observe(thumb);
    }
    const when = new Date(1000 * capture.created).toLocaleString();
    const note = capture.state === "done" ? "" : ` – ${capture.state} ${capture.done}/${capture.total}`;
    const files = element("ul", { className: "files" }, ...capture.files.slice(0, 12).map((file) => this.file(capture, file)));
    const details = element("details", {},
      element("summary", { textContent: `${capture.files.length} files` }), files,
      element("button", { type: "button", className: "link bad", textContent: "Delete", onclick: () => this.remove(capture) }));
    return element("li", {}, thumb,
      element("p", {}, element("b", { textContent: capture.mode }), element("span", { className: "quiet", textContent: ` ${when}${note}` })),
      ...(capture.error ? [element("p", { className: "bad", textContent: capture.error })] : []), details);
  }

  file(capture, { name, bytes }) {
    const save = () => download(`/api/v1/captures/${capture.id}/files/${name}`, name).catch(this.complain);
    return element("li", {}, element("button", { type: "button", className: "link", textContent: name, onclick: save }),
      element("span", { className: "quiet", textContent: ` ${bytes_text(bytes)}` }));
  }

  async thumb(box) {
    this.eye.unobserve(box);
    try {
      const blob = await (await request("GET", box.dataset.path)).blob();
      const small = await createImageBitmap(blob, { resizeWidth: 480, resizeQuality: "medium" });
      const canvas = element("canvas", { width: small.width, height: small.height });
      canvas.getContext("2d").drawImage(small, 0, 0);
      box.replaceChildren(canvas);
    } catch {
      box.textContent = "no picture";
    }
  }

  async remove(capture) {
    if (!confirm(`Delete ${capture.id}?`)) return;
    try {
      await call("DELETE", `captures/${capture.id}`);
      await this.refresh();
    } catch (error) {
      this.complain(error);
    }
  }
}
