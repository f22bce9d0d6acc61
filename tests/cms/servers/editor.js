// What WordPress's own editor makes of texts:  node editor.js WP-INCLUDES SCRIPTS.json TEXTS.json
//
// SCRIPTS lists the editor's scripts in the order in which they need each other. Prints, for each
// text, its blocks with "is it as this editor would have written it", and the text saved again.
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const { JSDOM, VirtualConsole } = require('jsdom');

const [folder, scripts, texts] = process.argv.slice(2);
const page = new JSDOM('<!doctype html><body></body>', {
  runScripts: 'outside-only', pretendToBeVisual: true, url: 'http://localhost/',
  virtualConsole: new VirtualConsole(),
});
const window = page.window;
class Watcher { observe() {} unobserve() {} disconnect() {} }
Object.assign(window, {
  matchMedia: () => ({ matches: false, addListener() {}, removeListener() {},
    addEventListener() {}, removeEventListener() {} }),
  ResizeObserver: Watcher, IntersectionObserver: Watcher,
  requestIdleCallback: (work) => setTimeout(work, 0), fetch: () => new Promise(() => {}),
  CSS: { escape: (text) => text, supports: () => false },
  structuredClone, TextEncoder, TextDecoder,
});
const context = page.getInternalVMContext();
for (const name of JSON.parse(fs.readFileSync(scripts, 'utf8'))) {
  new vm.Script(fs.readFileSync(path.join(folder, name), 'utf8'), { filename: name })
    .runInContext(context);
}
window.texts = JSON.parse(fs.readFileSync(texts, 'utf8'));
process.stdout.write(new vm.Script(`
  wp.blockLibrary.registerCoreBlocks();
  const each = (block) => [[block.name, block.isValid]].concat(...block.innerBlocks.map(each));
  JSON.stringify(texts.map((text) => {
    const blocks = wp.blocks.parse(text);
    return { blocks: [].concat(...blocks.map(each)), saved: wp.blocks.serialize(blocks) };
  }));
`).runInContext(context));
process.stdout.write('', () => process.exit(0));
