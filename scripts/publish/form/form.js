/* Starts Decap CMS with the settings beside it, and with the files of records as records.js has them. */

import { parse } from "./yaml/index.js";
import { FAULT, formatOf } from "./records.js";

window.CMS_MANUAL_INIT = true;

/* The id of a record: written once, shown from then on. */
function idControl() {
  const { createClass, h } = window;
  return createClass({
    isNew() { return !this.props.entry.get("slug"); },
    getValidateValue() { return this.isNew() ? this.props.value : this.props.entry.get("slug"); },
    render() {
      const fault = this.props.entry.getIn(["data", FAULT]);
      return fault ? h("p", { className: "record-fault" }, `Change this file in a text editor: ${fault}`) : this.input();
    },
    input() {
      return h("input", {
        id: this.props.forID,
        type: "text",
        className: `${this.props.classNameWrapper} record-id`,
        readOnly: !this.isNew(),
        value: this.isNew() ? this.props.value ?? "" : this.props.entry.get("slug"),
        onChange: (event) => this.props.onChange(event.target.value.trim()),
        onFocus: this.props.setActiveStyle,
        onBlur: this.props.setInactiveStyle,
      });
    },
  });
}

function load(script) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    Object.assign(element, { src: script, onload: done, onerror: () => failed(new Error(`${script} cannot be loaded.`)) });
    document.head.append(element);
  });
}

async function start() {
  const answer = await fetch("config.yml");
  if (!answer.ok) throw new Error("config.yml cannot be loaded.");
  const config = parse(await answer.text());
  await load("decap-cms.js");
  const { CMS } = window;
  for (const { format, fields } of config.collections) CMS.registerCustomFormat(format, "yml", formatOf(fields, config.quoted));
  CMS.registerWidget("record-id", idControl());
  document.querySelector(".waiting").remove();
  CMS.init({ config: { ...config, load_config_file: false } });
}

start().catch((error) => {
  document.querySelector(".waiting").textContent = `The form cannot be shown: ${error.message}`;
  throw error;
});
