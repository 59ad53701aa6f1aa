/**
 * The colours, by day and, on a screen that asks for it, by night; they mean what they mean in NocoDB's selects. Each text
 * stands at 4.5:1 on its ground, each border of a field and the ring of the focus at 3:1.
 */
export const COLOURS = `
:root {
  color-scheme: light;
  --ink: #1b2130; --soft: #565f70; --line: #e2e5eb; --edge: #7f8898; --paper: #fff; --wash: #f6f7f9; --hover: #f3f5fa;
  --accent: #1f4fa3; --on-accent: #fff; --accent-wash: #eaf0fb; --span: #c4d3ee; --lines: #8fa8d6;
  --generaliste: #6d4bc3; --outil: #0f7f6b; --reseau: #b3327f;
  --generaliste-span: #d9cdf3; --outil-span: #bfe5dc; --reseau-span: #efcbe0;
  --generaliste-ground: #ede2fe; --outil-ground: #c8f3e8; --reseau-ground: #ffdcf3;
  --generaliste-ink: #50318f; --outil-ink: #075a4b; --reseau-ink: #85185a;
  --good: #2f7d32; --fair: #c99a18; --weak: #d97a35; --bad: #b3261e;
  --good-ground: #dff3d8; --fair-ground: #ffefc4; --weak-ground: #fee2d5; --bad-ground: #ffdce0; --neutral-ground: #eceef2;
  --good-ink: #215c23; --fair-ink: #6b4b00; --weak-ink: #8a3c02; --bad-ink: #8c1d18;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ink: #e8eaf0; --soft: #a8afbd; --line: #2d323d; --edge: #7b8495; --paper: #14171d; --wash: #1b1f27; --hover: #1b1f27;
    --accent: #9dbcf5; --on-accent: #10203f; --accent-wash: #1d2a44; --span: #33476e; --lines: #55709f;
    --generaliste: #a78bfa; --outil: #34bfa3; --reseau: #e879b9;
    --generaliste-span: #45376f; --outil-span: #1d5a4e; --reseau-span: #6d3556;
    --generaliste-ground: #35275c; --outil-ground: #0f3d34; --reseau-ground: #4f1f3c;
    --generaliste-ink: #dccbff; --outil-ink: #a6ecd9; --reseau-ink: #ffc6e6;
    --good: #5fb863; --fair: #d7ab2f; --weak: #e08a4a; --bad: #ef6f68;
    --good-ground: #1d3b1f; --fair-ground: #43350c; --weak-ground: #4a2812; --bad-ground: #4f1b1e; --neutral-ground: #2b303a;
    --good-ink: #b6e8b0; --fair-ink: #f6d98a; --weak-ink: #ffc9a3; --bad-ink: #ffc0c2;
  }
}`
