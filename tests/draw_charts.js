// Draws the charts of a page as SVG, without a browser, and prints the texts of each chart on a line of its own.
const fs = require("fs");
const vm = require("vm");

const page = fs.readFileSync(process.argv[2], "utf8");
const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((found) => found[1]);
const asked = [];
global.self = global.window = global;
global.addEventListener = () => {};
global.document = { getElementById: (id) => id };
// Vega and Vega-Lite take the name of a browser's global only where there is no module system.
for (const library of scripts.slice(0, 2)) {
  vm.runInThisContext(`(function (exports, module, define) {${library}\n})`).call(global);
}
global.vegaEmbed = (place, chart) => asked.push(chart);
vm.runInThisContext(scripts.at(-1));

async function draw() {
  for (const chart of asked) {
    const view = new vega.View(vega.parse(vegaLite.compile(chart).spec), { renderer: "none", logLevel: vega.Error });
    const drawn = await view.toSVG();
    console.log([...drawn.matchAll(/<text[^>]*>([^<]*)</g)].map((found) => found[1]).join("|"));
  }
}

draw().catch((error) => {
  console.error(error);
  process.exit(1);
});
