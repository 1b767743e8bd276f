"""The style of the page: light and dark, on paper, and never by colour alone."""

STYLE = """\
:root { color-scheme: light dark; --page: #fff; --ink: #1c2024; --soft: #5b636b; --line: #c5ccd3; --box: #f6f8fa;
  --new: #0a6b2d; --new-fill: #dff5e5; --gone: #b01021; --gone-fill: #fde5e7; --changed: #7a4b00;
  --changed-fill: #fff1d0; --code: #eef1f4; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --ink: #e4e8ec; --soft: #a3adb7; --line: #4a535c;
  --box: #20252b; --new: #6fdc8c; --new-fill: #12351e; --gone: #ff9aa2; --gone-fill: #45181d; --changed: #ffcf70;
  --changed-fill: #3d2e0c; --code: #262c33; --link: #7cb7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 82rem; padding: 1rem 1.25rem 3rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .86em; }
code { background: var(--code); padding: .05em .3em; border-radius: .25em; unicode-bidi: isolate; }
pre { background: var(--code); padding: .6rem .8rem; margin: .4rem 0; white-space: pre-wrap; unicode-bidi: plaintext; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.lead { font-size: 1.1rem; } .soft { color: var(--soft); }
ul.said { list-style: none; padding: 0; margin: 0; }
ul.said > li { padding: .3rem 0 .3rem 2.2rem; border-bottom: 1px solid var(--line); position: relative; }
.said .sign { position: absolute; left: .4rem; font: bold 1.1rem/1.5 ui-monospace, monospace; }
.said .why { display: block; color: var(--soft); }
.add .sign, .add { --mark: var(--new); } .change .sign, .change { --mark: var(--changed); }
.remove .sign, .remove { --mark: var(--gone); } .sign { color: var(--mark); }
.risk { border: 1px solid currentColor; border-radius: 1em; padding: 0 .5em; font-size: .85em; font-weight: 600; }
.risk.danger { color: var(--gone); } .risk.review { color: var(--changed); }
section.danger { border: 2px solid var(--gone); border-radius: .5rem; padding: 0 1rem .75rem; margin-top: 1.25rem; }
section.danger h2 { margin-top: .75rem; color: var(--gone); }
details { margin: .3rem 0; } summary { cursor: pointer; }
ins, del { display: block; text-decoration: none; }
ins { background: var(--new-fill); } del { background: var(--gone-fill); }
.closing { margin-top: 2rem; font-weight: 600; }
fieldset { border: 0; padding: 0; margin: 0; }
.views > input { margin: 0 .3rem 0 0; } .views > label { margin-right: 1.2rem; }
.views > input:checked + label { font-weight: 600; }
#view-before:checked ~ .after, #view-after:checked ~ .before { display: none; }
figure { margin: 1rem 0; overflow-x: auto; } figcaption { font-weight: 600; }
svg { display: block; width: 100%; min-width: 60rem; height: auto; }
svg text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: var(--ink); }
svg text.title { font-weight: 700; } svg text.heading { font: 600 14px system-ui, sans-serif; fill: var(--soft); }
svg text.port { font-weight: 700; text-anchor: middle; }
svg text.weight { fill: var(--soft); text-anchor: end;
  paint-order: stroke; stroke: var(--page); stroke-width: 3px; }
svg .box > rect { fill: var(--box); stroke: var(--line); }
svg .fold > rect { stroke-dasharray: 2 3; } svg .fold text { fill: var(--soft); }
svg .refused > rect { stroke: var(--soft); stroke-width: 2; }
svg .ghost { fill: none; stroke: var(--line); stroke-dasharray: 3 5; }
svg rect.port { fill: var(--page); stroke: var(--line); }
svg .arrow path { fill: none; stroke: var(--soft); stroke-width: 1.2; opacity: .55; }
svg .arrow path.head { fill: var(--soft); stroke: none; }
svg .new { --mark: var(--new); --fill: var(--new-fill); } svg .gone { --mark: var(--gone); --fill: var(--gone-fill); }
svg .changed { --mark: var(--changed); --fill: var(--changed-fill); }
svg :is(.new, .gone, .changed) > rect { fill: var(--fill); stroke: var(--mark); stroke-width: 2; }
svg .line:is(.new, .gone, .changed) > rect { stroke-width: 0; }
svg .line > rect.port.port { fill: var(--page); stroke: var(--mark, var(--line)); stroke-width: 1; }
svg .gone .small, svg .gone .title { text-decoration: line-through; }
svg .sign { fill: var(--mark); font-weight: 700; }
svg .arrow:is(.new, .gone, .changed) path { stroke: var(--mark); stroke-width: 2.4; opacity: 1; }
svg .arrow:is(.new, .gone, .changed) path.head { fill: var(--mark); stroke: none; }
svg .arrow.gone path { stroke-dasharray: 7 4; }
@media print {
  * { print-color-adjust: exact; }
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #999; --box: #fff; --new: #0a6b2d;
    --new-fill: #e7f6eb; --gone: #b01021; --gone-fill: #fdebec; --changed: #7a4b00; --changed-fill: #fff5de;
    --code: #f3f3f3; }
  body { max-width: none; padding: 0; font-size: 10pt; } svg { min-width: 0; }
  figure, li, section.danger { break-inside: avoid; } .views > input, .views > label, legend { display: none; }
  #view-before:checked ~ .after, #view-after:checked ~ .before { display: block; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
"""
