// The report's style sheet: light and dark as the reader's system is.
#pragma once

namespace sunny16::sim {

inline constexpr const char* kStyle = R"(
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1c1a; --quiet: #6f6b64; --line: #e4e0d8; --accent: #c7791a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161513; --card: #1f1e1b; --ink: #ece8e0; --quiet: #98928a; --line: #34322d; --accent: #f0a640; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
       font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; letter-spacing: -0.01em; }
h2 { margin: 3rem 0 0.9rem; font-size: 1.15rem; }
p { max-width: 46rem; }
.quiet, figcaption span, th { color: var(--quiet); }
img { display: block; width: 100%; height: auto; background: #000; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--card); }
figcaption { padding: 0.5rem 0.75rem; font-size: 0.9rem; }
figcaption b { margin-right: 0.5em; }
.pixels { image-rendering: pixelated; }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; margin: 1rem 0 1.5rem; padding: 0; list-style: none; }
.facts span { display: block; color: var(--quiet); font-size: 0.8rem; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
.stages { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); }
.stages div { display: grid; grid-template-columns: 1fr 1fr; gap: 1px; background: var(--line); }
.stages img { height: 100%; object-fit: cover; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; }
.bar { width: 30%; min-width: 6rem; }
.bar i { display: block; height: 0.7em; margin-top: 0.4em; border-radius: 2px; background: var(--accent); }
code { font: 0.85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
svg { display: block; width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
svg path { fill-opacity: 0.35; stroke-width: 1.2; vector-effect: non-scaling-stroke; }
svg text { fill: var(--quiet); font-size: 11px; }
.r { fill: #d8392b; stroke: #d8392b; } .g { fill: #2f9e44; stroke: #2f9e44; } .b { fill: #2f6fde; stroke: #2f6fde; }
)";

}  // namespace sunny16::sim
