// How the page of a run looks, in the light and in the dark.

export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #59636e; --line: #d1d9e0; --well: #f6f8fa;
  --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --quiet: #9198a1; --line: #3d444d;
  --well: #161b22; --good: #4ac26b; --bad: #ff8078; --warn: #e3b341; } }
body { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto;
  max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin-top: 2rem; } h4 { margin: .5rem 0 0; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--well); border: 1px solid var(--line); border-radius: 4px; margin: .25rem 0; padding: .5rem;
  white-space: pre-wrap; }
small, .none { color: var(--quiet); }
.counts { display: flex; flex-wrap: wrap; gap: 1.5rem; list-style: none; padding: 0; } .counts b { font-size: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); font-weight: normal; padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
details { margin: .5rem 0; } summary { cursor: pointer; }
details details { margin-left: 1rem; }
.violation { border-left: 3px solid var(--line); padding-left: .75rem; }
.violation.violated { border-color: var(--bad); } .violation.known { border-color: var(--warn); }
.counts .conforms, td.conforms { color: var(--good); } .counts .violated, td.violated { color: var(--bad); }
.counts .flaky, td.flaky, .counts .known { color: var(--warn); }
del, ins { text-decoration: none; } del { color: var(--good); } ins { color: var(--bad); }
`;
