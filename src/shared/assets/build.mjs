// Build the front end: Sass → app.css, our scripts → app.js, the icons we use → icons.svg.
// Run by `npm run build`; `--watch` rebuilds on change. Output is never committed.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { watch } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const out = path.resolve(here, "../static/built");
// For PDF files: read by the application, served to nobody. Under the Open Font License.
const fonts = path.resolve(here, "../fonts");
const weights = ["400Regular"];
// Office PCs and domestic browsers lag: nothing newer than this engine may be emitted.
const target = "chrome90";

// Bootstrap 5.3 is written with the older Sass syntax; its warnings are not ours to fix.
const bootstrapWarnings = ["import", "global-builtin", "color-functions", "if-function"];

async function styles() {
  const { css } = sass.compile(path.join(here, "styles/app.scss"), {
    loadPaths: [path.join(root, "node_modules")],
    quietDeps: true,
    silenceDeprecations: bootstrapWarnings,
  });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target });
  await writeFile(path.join(out, "app.css"), code);
  return code;
}

async function scripts() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(here, "scripts/app.js")],
    bundle: true,
    minify: true,
    format: "iife",
    legalComments: "none",
    nodePaths: [path.join(root, "node_modules")],
    target,
    write: false,
  });
  const code = outputFiles[0].text;
  await writeFile(path.join(out, "app.js"), code);
  return code;
}

// One <symbol> per name in icons.txt; pages point at it with <use href="…#name">.
async function icons() {
  const listed = await readFile(path.join(here, "icons.txt"), "utf8");
  const names = listed.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all([...new Set(names)].sort().map(symbol));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(path.join(out, "icons.svg"), sprite);
  return sprite;
}

async function symbol(name) {
  const file = path.join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const svg = await readFile(file, "utf8");
  const shapes = svg
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

async function typefaces() {
  const from = path.join(root, "node_modules/@expo-google-fonts/noto-sans-sc");
  await mkdir(fonts, { recursive: true });
  for (const weight of weights) {
    const name = `NotoSansSC_${weight}.ttf`;
    await copyFile(path.join(from, weight, name), path.join(fonts, name));
  }
}

async function build() {
  await mkdir(out, { recursive: true });
  const [css, js, svg] = await Promise.all([styles(), scripts(), icons(), typefaces()]);
  for (const [name, text] of [["app.css", css], ["app.js", js], ["icons.svg", svg]]) {
    const kilobytes = (gzipSync(text).length / 1000).toFixed(1);
    console.log(`${name.padEnd(10)} ${kilobytes.padStart(6)} kB gzipped`);
  }
}

await build();

if (process.argv.includes("--watch")) {
  let waiting;
  watch(here, { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => build().catch((problem) => console.error(problem.message)), 80);
  });
}
