// Boxes of what was found, over the live picture.

const $ = (id) => document.getElementById(id);
const kStale = 2000;  // ms without news

/** A box of the sensor's picture on the part of it that is shown, turned by its EXIF orientation; fractions. */
function shown_box([x, y, width, height], [left, top, columns, rows], orientation) {
  let box = [(x - left) / columns, (y - top) / rows, width / columns, height / rows];
  if (orientation >= 5) box = [box[1], box[0], box[3], box[2]];
  if ([2, 3, 7, 6].includes(orientation)) box[0] = 1 - box[0] - box[2];
  if ([3, 4, 7, 8].includes(orientation)) box[1] = 1 - box[1] - box[3];
  return box;
}

let stale;

/** `report` as GET /api/v1/detections has it; `crop` is the control ScalerCrop. */
export function show_detections(report, crop) {
  const canvas = $("boxes"), live = $("live"), context = canvas.getContext("2d");
  canvas.width = live.width;
  canvas.height = live.height;
  clearTimeout(stale);
  if (report.detections.length) stale = setTimeout(() => context.clearRect(0, 0, canvas.width, canvas.height), kStale);
  const unit = canvas.width / 640;
  context.lineWidth = 2 * unit;
  context.font = `${14 * unit}px system-ui, sans-serif`;
  context.textBaseline = "bottom";
  for (const { label, confidence, box } of report.detections) {
    const [x, y, width, height] = shown_box(box, crop, report.orientation);
    const corner = [x * canvas.width, y * canvas.height];
    context.globalAlpha = 0.35 + 0.65 * confidence;
    context.fillStyle = context.strokeStyle = label === "face" ? "#ffd58a" : "#8ad5ff";
    context.strokeRect(...corner, width * canvas.width, height * canvas.height);
    if (label !== "face") context.fillText(`${label} ${Math.round(100 * confidence)} %`, corner[0], corner[1] - 2 * unit);
  }
}
