export default () => ({ dir: { output: "site" }, markdownTemplateEngine: false });
