// Reads a JSON list of documents and writes, for each, what Ghost's editor saves after opening it
// and what Ghost shows to visitors. The argument is Ghost's own folder, whose packages are used.
"use strict";
const {createRequire} = require("module");
const fs = require("fs");

const ghost = createRequire(fs.realpathSync(process.argv[2]) + "/index.js");
const {LexicalHTMLRenderer} = ghost("@tryghost/kg-lexical-html-renderer");
const near = createRequire(fs.realpathSync(ghost.resolve("@tryghost/kg-lexical-html-renderer")));
const {createHeadlessEditor} = near("@lexical/headless");
const {HeadingNode, QuoteNode} = near("@lexical/rich-text");
const {ListNode, ListItemNode} = near("@lexical/list");
const {LinkNode, AutoLinkNode} = near("@lexical/link");
const {registerDefaultTransforms} = near("@tryghost/kg-default-transforms");
const {DEFAULT_NODES} = ghost("@tryghost/kg-default-nodes");

const own = [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, AutoLinkNode];
const nodes = [...new Set([...own, ...DEFAULT_NODES])];

function saved(text) {
    const editor = createHeadlessEditor({nodes, onError(error) { throw error; }});
    registerDefaultTransforms(editor);
    editor.setEditorState(editor.parseEditorState(text));
    editor.update(() => {}, {discrete: true});
    return JSON.stringify(editor.getEditorState().toJSON());
}

async function main() {
    const found = [];
    for (const text of JSON.parse(fs.readFileSync(0, "utf8"))) {
        const shown = await new LexicalHTMLRenderer({nodes: DEFAULT_NODES}).render(text, {});
        found.push([saved(text), shown]);
    }
    process.stdout.write(JSON.stringify(found));
}

main();
