/** The messages of an ONNX model (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): numbers of fields, nodes, names. */
import { bytesField, decodeFields, encodeFields, type Field, floatField, textField, varintField } from './protobuf.js';

/** Field numbers of the messages. */
export const MODEL_GRAPH = 7;
export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
export const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const;
export const ATTRIBUTE = { name: 1, float: 2, int: 3, text: 4, tensor: 5, graph: 6, ints: 8, type: 20 } as const;
export const TENSOR = { dims: 1, type: 2, floatData: 4, int64Data: 7, name: 8, rawData: 9 } as const;
/** A `ValueInfoProto`: an input or output of a graph. */
export const VALUE = { name: 1, type: 2 } as const;

/** Types of the elements of tensors, and of attributes. */
export const ELEMENT = { float: 1, int64: 7 } as const;
export const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, tensor: 4, ints: 7 } as const;

/** The fields of the graph of a model. Throws where there is none. */
export function graphOf(model: readonly Field[]): Field[] {
  return decodeFields(bytesOf(model.find(({ number }) => number === MODEL_GRAPH)));
}

/** The model with another graph. */
export function withGraph(model: readonly Field[], graph: Uint8Array): Uint8Array {
  const field = bytesField(MODEL_GRAPH, graph);
  return encodeFields(model.map((each) => (each.number === MODEL_GRAPH ? field : each)));
}

/** A node; it is named after its first output. */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly Field[] = [],
): Field {
  return bytesField(
    GRAPH.node,
    encodeFields([
      ...inputs.map((name) => textField(NODE.input, name)),
      ...outputs.map((name) => textField(NODE.output, name)),
      textField(NODE.name, outputs[0] as string),
      textField(NODE.op, op),
      ...attributes,
    ]),
  );
}

/** An attribute of a node. */
export function floatAttribute(name: string, value: number): Field {
  return attribute(name, ATTRIBUTE_TYPE.float, [floatField(ATTRIBUTE.float, value)]);
}

export function intAttribute(name: string, value: number): Field {
  return attribute(name, ATTRIBUTE_TYPE.int, [varintField(ATTRIBUTE.int, value)]);
}

export function intsAttribute(name: string, values: readonly number[]): Field {
  return attribute(
    name,
    ATTRIBUTE_TYPE.ints,
    values.map((value) => varintField(ATTRIBUTE.ints, value)),
  );
}

export function textAttribute(name: string, value: string): Field {
  return attribute(name, ATTRIBUTE_TYPE.text, [textField(ATTRIBUTE.text, value)]);
}

function attribute(name: string, type: number, values: readonly Field[]): Field {
  const fields = [textField(ATTRIBUTE.name, name), ...values, varintField(ATTRIBUTE.type, type)];
  return bytesField(NODE.attribute, encodeFields(fields));
}

/** A constant of whole numbers: a list, or a single number. */
export function integers(name: string, values: readonly number[] | number): Field {
  const list = typeof values === 'number' ? [values] : values;
  const tensor = encodeFields([
    ...(typeof values === 'number' ? [] : [varintField(TENSOR.dims, list.length)]),
    varintField(TENSOR.type, ELEMENT.int64),
    ...list.map((value) => varintField(TENSOR.int64Data, value)),
  ]);
  return node(
    'Constant',
    [],
    [name],
    [attribute('value', ATTRIBUTE_TYPE.tensor, [bytesField(ATTRIBUTE.tensor, tensor)])],
  );
}

/** The node with other names of its inputs and outputs. */
export function renamed(each: Field, rename: (name: string) => string): Field {
  const [inputs, outputs] = [nodeTexts(each, NODE.input), nodeTexts(each, NODE.output)];
  if ([...inputs, ...outputs].every((name) => rename(name) === name)) return each;
  const attributes = decodeFields(bytesOf(each)).filter(({ number }) => number === NODE.attribute);
  return node(nodeText(each, NODE.op), inputs.map(rename), outputs.map(rename), attributes);
}

/** The nodes, of those given in the order of their work, that these outputs need. */
export function usedNodes(nodes: readonly Field[], outputs: readonly string[]): Field[] {
  const used = new Set(outputs);
  const kept: Field[] = [];
  for (const node of nodes.toReversed()) {
    if (!nodeTexts(node, NODE.output).some((name) => used.has(name))) continue;
    for (const name of nodeTexts(node, NODE.input)) used.add(name);
    kept.push(node);
  }
  return kept.reverse();
}

/** All texts of a node under a field number: its inputs, say. */
export function nodeTexts(node: Field, number: number): string[] {
  return decodeFields(bytesOf(node))
    .filter((field) => field.number === number)
    .map(textOf);
}

/** The first of them; empty where there is none. */
export function nodeText(node: Field, number: number): string {
  return nodeTexts(node, number)[0] ?? '';
}

/** The text under a field number of a message that stands in a field: the name of a weight, with {@link TENSOR}`.name`. */
export function textIn(message: Field, number: number): string {
  return textOf(decodeFields(bytesOf(message)).find((field) => field.number === number));
}

/** Names of the outputs of a graph. */
export function outputNames(graph: readonly Field[]): string[] {
  return graph.filter(({ number }) => number === GRAPH.output).map((field) => textIn(field, VALUE.name));
}

/** Float tensors as the outputs of a graph. Their shapes are left for the runtime to find. */
export function floatOutputs(names: readonly string[]): Field[] {
  const type = encodeFields([bytesField(1, encodeFields([varintField(1, ELEMENT.float)]))]);
  return names.map((name) =>
    bytesField(GRAPH.output, encodeFields([textField(VALUE.name, name), bytesField(VALUE.type, type)])),
  );
}

/** Throws where the field is missing or a number. */
export function bytesOf(field: Field | undefined): Uint8Array {
  if (field === undefined || typeof field.value === 'number') throw new Error('the model file is damaged');
  return field.value;
}

/** Empty where the field is missing. */
export function textOf(field: Field | undefined): string {
  return field === undefined ? '' : Buffer.from(bytesOf(field)).toString('utf8');
}

/** Names that these nodes read and none of them makes: inputs of the graph and weights. */
export function outerNames(nodes: readonly Field[]): string[] {
  const made = new Set(nodes.flatMap((each) => nodeTexts(each, NODE.output)));
  const read = new Set(nodes.flatMap((each) => nodeTexts(each, NODE.input)));
  return [...read].filter((name) => name !== '' && !made.has(name));
}

/** An input of a graph, with names for its dimensions. */
export function inputOf(name: string, element: number, dimensions: readonly string[]): Field {
  const shape = encodeFields(dimensions.map((each) => bytesField(1, encodeFields([textField(2, each)]))));
  const tensor = encodeFields([varintField(1, element), bytesField(2, shape)]);
  const type = encodeFields([bytesField(1, tensor)]);
  return bytesField(GRAPH.input, encodeFields([textField(VALUE.name, name), bytesField(VALUE.type, type)]));
}
