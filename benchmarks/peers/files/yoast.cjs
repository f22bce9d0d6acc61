// The English readability, SEO and inclusive-language analyses of Yoast for each post, as its own worker runs them.
"use strict";

const fs = require("fs");
const { createRequire } = require("module");

const [installed, ...files] = process.argv.slice(2);
const yoast = createRequire(installed + "/");
const { Paper } = yoast("yoastseo");
const part = (path) => yoast("yoastseo/build/" + path);
const Researcher = part("languageProcessing/languages/en/Researcher.js").default;
const LanguageProcessor = part("parse/language/LanguageProcessor.js").default;
const { build } = part("parse/build/index.js");
const assessors = ["contentAssessor", "seoAssessor", "inclusiveLanguageAssessor"].map(
	(name) => part(`scoring/assessors/${name}.js`).default,
);

for (const file of files) {
	const post = JSON.parse(fs.readFileSync(file, "utf8"));
	const paper = new Paper(post.html, {
		keyword: post.keyphrase,
		title: post.title,
		description: post.description,
		slug: post.slug,
		locale: "en_US",
	});
	const researcher = new Researcher(paper);
	paper.setTree(build(paper, new LanguageProcessor(researcher)));
	const results = assessors.flatMap((Assessor) => {
		const assessor = new Assessor(researcher);
		assessor.assess(paper);
		return assessor.getValidResults().map((each) => ({ score: each.getScore(), text: each.getText() }));
	});
	console.log(JSON.stringify({ file, results }));
}
