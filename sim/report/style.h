// The report's style sheet: light and dark as the reader's system is.
#pragma once

namespace sunny16::sim {

inline constexpr const char* kStyle = R"(
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1c1a; --quiet: #6f6b64; --line: #e4e0d8; --accent: #c7791a;
        --red: #d8392b; --green: #2f9e44; --blue: #2f6fde; --c0: #2f6fde; --c1: #c7791a; --c2: #2f9e44; --c3: #a33ea1; --c4: #0e8a94; --c5: #b8433a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161513; --card: #1f1e1b; --ink: #ece8e0; --quiet: #98928a; --line: #34322d; --accent: #f0a640;
          --red: #ff6b5e; --green: #57c46c; --blue: #6d9dff; --c0: #6d9dff; --c1: #f0a640; --c2: #57c46c; --c3: #d97fd6; --c4: #4cc4cf; --c5: #f08379; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
       font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; letter-spacing: -0.01em; }
h1 + figure { margin-top: 1rem; }
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
.plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 28rem), 1fr)); }
.gallery { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); }
.strip { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 1px; background: var(--line); }
.strip img { height: 100%; object-fit: cover; }
.scroll { overflow-x: auto; }
.pair, .plots, .gallery, .scroll { margin: 1rem 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; white-space: nowrap; }
.bar { width: 30%; min-width: 6rem; }
.bar i { display: block; height: 0.7em; margin-top: 0.4em; border-radius: 2px; background: var(--accent); }
code { font: 0.85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
svg { display: block; width: 100%; }
svg text { fill: var(--quiet); font-size: 11px; }
.histogram path { fill-opacity: 0.35; stroke-width: 1.2; vector-effect: non-scaling-stroke; }
.r { fill: var(--red); stroke: var(--red); } .g { fill: var(--green); stroke: var(--green); } .b { fill: var(--blue); stroke: var(--blue); }
.plot line { stroke: var(--line); }
.plot polyline { fill: none; stroke: var(--series); stroke-width: 1.8; stroke-linejoin: round; }
.plot circle, .plot rect { fill: var(--series); }
.plot polygon { fill: var(--series); fill-opacity: 0.2; }
.c0 { --series: var(--c0); } .c1 { --series: var(--c1); } .c2 { --series: var(--c2); } .c3 { --series: var(--c3); } .c4 { --series: var(--c4); } .c5 { --series: var(--c5); }
.red { --series: var(--red); } .green { --series: var(--green); } .blue { --series: var(--blue); } .grey { --series: var(--quiet); }
.wipe { overflow: auto; max-height: 85vh; background: #000; }
.wipe > div { --at: 50%; position: relative; width: 100%; touch-action: pan-y; cursor: ew-resize; user-select: none; }
.wipe img { position: absolute; inset: 0; visibility: hidden; pointer-events: none; }
.wipe img:first-child { position: static; }
.wipe img.left, .wipe img.right { visibility: visible; }
.wipe img.right { clip-path: inset(0 0 0 var(--at)); z-index: 1; }
.wipe i { position: absolute; z-index: 2; top: 0; bottom: 0; left: var(--at); width: 2px; margin-left: -1px; background: #fff; box-shadow: 0 0 3px #000; }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; padding: 0.6rem 0.75rem; }
.controls input { flex: 1; min-width: 8rem; accent-color: var(--accent); }
.controls select, .controls button { font: inherit; font-size: 0.9rem; }
)";

}  // namespace sunny16::sim
