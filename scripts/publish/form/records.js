/*
 * The files of records as the form has them, and back.
 *
 * A file is read as texts: no number, date or word is read as something else. When a record is
 * saved, only what was changed in the form is changed in its file: comments, quotes and order stay.
 * What would be lost is not saved.
 *
 * The fields are those of config.yml; scripts/curate/form_fields.py says what their keys mean.
 */

import { Document, isMap, isScalar, isSeq, parseDocument, visit } from "./yaml/index.js";

const READING = { schema: "failsafe", version: "1.2" };
const WRITING = { lineWidth: 0, flowCollectionPadding: false };
const ORIGINAL = "~file"; // the text that a record was read from
export const FAULT = "~fault"; // why its file cannot be held
const ID = "id"; // the field of the form that names the file

/* The format of the files of a collection, for CMS.registerCustomFormat. */
export function formatOf(fields, quoted) {
  const guessed = new RegExp(`^(?:${quoted})$`, "i");
  return {
    fromFile(text) {
      try {
        return { ...opened(read(text).toJS(), fields), [ORIGINAL]: text };
      } catch (error) {
        return { [FAULT]: error.message, [ORIGINAL]: text };
      }
    },
    toFile(data) {
      const { [ORIGINAL]: text, [FAULT]: fault, [ID]: id, ...form } = data;
      if (fault) throw new Error(`Change this file in a text editor: ${fault}`);
      const wanted = closed(form, fields);
      const document = text === undefined ? started(wanted, guessed) : read(text);
      if (text !== undefined) change(document, fields, wanted, guessed);
      const made = document.toString(WRITING);
      const said = closed(opened(read(made).toJS(), fields), fields);
      if (!same(said, wanted)) throw new Error("The file would not say what the form says.");
      return made;
    },
  };
}

/* The document in a text. Throws where it is no YAML, or holds what files of records do not. */
function read(text) {
  const document = parseDocument(text, READING);
  if (document.errors.length) throw new Error(document.errors[0].message);
  if (!isMap(document.contents)) throw new Error("It holds no fields.");
  visit(document, {
    Alias() { throw new Error("It has an alias."); },
    Node(_, node) { if (node.anchor || node.tag?.startsWith("!")) throw new Error("It has an anchor or a tag."); },
  });
  return document;
}

/* ---- between a file and the form ---- */

/* The fields of a file as the form has them: what may be written shorter is written out. */
function opened(data, fields) {
  const form = { ...data };
  for (const field of fields) {
    if (field.name in data) form[field.name] = openedValue(data[field.name], field);
  }
  return form;
}

function openedValue(value, field) {
  if (field.as_yaml) return asText(value);
  if (isList(field)) {
    const entries = Array.isArray(value) ? value : [value];
    return entries.map((entry) => (field.field ? openedValue(entry, field.field) : openedObject(entry, field)));
  }
  return openedObject(value, field);
}

/* A name by its parts is a value that stands alone, too: it has none of the fields around a value. */
function openedObject(value, field) {
  const isAlone = field.value_alone && !(isObject(value) && field.fields.some(({ name }) => name in value));
  const whole = isAlone ? { value } : value;
  if (field.fields ? !isObject(whole) : typeof whole !== "string") {
    throw new Error(`'${field.name}' holds what the form has no place for.`);
  }
  return field.fields ? opened(whole, field.fields) : whole;
}

/* The fields of the form as a file has them: in order, nothing blank, and as short as may be. */
function closed(form, fields) {
  const data = {};
  const names = new Set(fields.map((field) => field.name));
  for (const field of fields) {
    const value = closedValue(form[field.name], field);
    if (value !== undefined) data[field.name] = value;
  }
  for (const [name, value] of Object.entries(form)) if (!names.has(name)) data[name] = value;
  return data;
}

function closedValue(value, field) {
  if (isList(field)) {
    const single = field.field ?? { ...field, widget: field.fields ? "object" : "string", multiple: false };
    const entries = (value ?? []).map((entry) => closedValue(entry, single)).filter((entry) => entry !== undefined);
    if (!entries.length) return field.keep_empty ? [] : undefined;
    return field.one_or_more && entries.length === 1 && !isObject(entries[0]) ? entries[0] : entries;
  }
  if (isObject(value)) {
    const inner = closed(value, field.fields ?? []);
    const names = Object.keys(inner);
    if (!names.length) return undefined;
    return field.value_alone && names.length === 1 && names[0] === "value" ? inner.value : inner;
  }
  const text = value == null ? "" : String(value).trim().replace(/\s+/g, " ");
  if (!text) return undefined;
  return field.as_yaml ? fromText(text, field) : text;
}

function isList(field) {
  return field.widget === "list" || Boolean(field.multiple);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/* A value as YAML on one line; a text that is read as itself stands as it is. */
function asText(value) {
  if (typeof value !== "string") return new Document(flowing(value), READING).toString(WRITING).trim();
  const { contents, errors } = parseDocument(value, READING);
  const isPlain = !errors.length && isScalar(contents) && contents.value === value;
  return isPlain ? value : JSON.stringify(value);
}

function flowing(value) {
  const node = new Document(value, READING).contents;
  node.flow = true;
  return node;
}

function fromText(text, field) {
  const document = parseDocument(text, READING);
  if (document.errors.length) throw new Error(`${field.label}: '${text}' is no YAML: put it in quotation marks.`);
  return document.toJS();
}

/* ---- writing ---- */

function started(data, guessed) {
  const document = new Document(data, READING);
  document.contents = written(data, guessed);
  return document;
}

/* A value as a node: in quotes where a plain word could be read as something else. */
function written(value, guessed) {
  const node = new Document(value, READING).contents;
  visit(node, {
    Scalar(key, scalar) { if (key !== "key" && guessed.test(scalar.value)) scalar.type = "QUOTE_DOUBLE"; },
    Seq(_, list) { if (list.items.every(isScalar)) list.flow = true; },
  });
  return node;
}

/* Change a document where the form says something else, and nowhere else. */
function change(document, fields, wanted, guessed) {
  const before = closed(opened(document.toJS(), fields), fields);
  changeMap(document.contents, before, wanted, guessed, fields.map((field) => field.name));
}

/* The node of a changed value: the old one with changes in it where both are of one shape. */
function changed(node, before, wanted, guessed) {
  if (same(before, wanted)) return node;
  if (isMap(node) && isObject(before) && isObject(wanted)) changeMap(node, before, wanted, guessed, Object.keys(wanted));
  else if (isSeq(node) && Array.isArray(before) && Array.isArray(wanted)) changeList(node, before, wanted, guessed);
  else if (isScalar(node) && typeof wanted === "string") return changedText(node, wanted, guessed);
  else return written(wanted, guessed);
  return node;
}

/* A text in the quotes of the one before it; a block of several lines becomes one line. */
function changedText(node, text, guessed) {
  const fresh = written(text, guessed);
  if (["QUOTE_DOUBLE", "QUOTE_SINGLE"].includes(node.type)) fresh.type = node.type;
  fresh.comment = node.comment;
  fresh.commentBefore = node.commentBefore;
  return fresh;
}

function changeMap(map, before, wanted, guessed, order) {
  for (const name of Object.keys(before)) if (!(name in wanted)) map.delete(name);
  for (const [name, value] of Object.entries(wanted)) {
    const pair = map.items.find((item) => item.key.value === name);
    if (pair) pair.value = changed(pair.value, before[name], value, guessed);
    else map.items.splice(place(map, name, order), 0, pairOf(name, value, guessed));
  }
}

function pairOf(name, value, guessed) {
  const { items } = written({ [name]: value }, guessed);
  return items[0];
}

/* Where a new field belongs: before the first that stands behind it in the order of fields. */
function place(map, name, order) {
  const behind = new Set(order.slice(order.indexOf(name) + 1));
  const found = map.items.findIndex((item) => behind.has(item.key.value));
  return found < 0 ? map.items.length : found;
}

/* Entries that stay at the beginning and the end are left alone; those between are changed. */
function changeList(list, before, wanted, guessed) {
  let start = 0;
  while (start < Math.min(before.length, wanted.length) && same(before[start], wanted[start])) start++;
  let end = 0;
  const most = Math.min(before.length, wanted.length) - start;
  while (end < most && same(before.at(-1 - end), wanted.at(-1 - end))) end++;
  const old = list.items.slice(start, list.items.length - end);
  const fresh = wanted.slice(start, wanted.length - end).map((value, number) =>
    number < old.length ? changed(old[number], before[start + number], value, guessed) : written(value, guessed));
  list.items.splice(start, old.length, ...fresh);
  if (!list.items.every(isScalar) && list.flow && fresh.some(isMap)) list.flow = false;
}

/* Whether two values are equal, in whatever order their fields are. */
function same(one, other) {
  if (!isObject(one) && !Array.isArray(one)) return one === other;
  if (!other || typeof other !== "object" || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}
