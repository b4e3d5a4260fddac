/** An ONNX model as a list of nodes that can be changed (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
import { bytesField, decodeFields, encodeFields, type Field, floatField, textField, varintField } from './protobuf.js';

export interface FloatConstant {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface OnnxNode {
  readonly op: string;
  inputs: string[];
  readonly outputs: readonly string[];
  /** Attributes, encoded. */
  readonly attributes: readonly Field[];
}

/** Field numbers of the messages. */
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, output: 12 } as const;
const NODE = { input: 1, output: 2, op: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, tensor: 5, ints: 8, type: 20 } as const;
const TENSOR = { dims: 1, type: 2, floatData: 4, rawData: 9 } as const;
const FLOAT = 1;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_TENSOR = 4;
const ATTRIBUTE_INTS = 7;

/** A model with one graph, whose constants are `Constant` nodes as Paddle's converter writes them. */
export class OnnxGraph {
  nodes: OnnxNode[];
  readonly #model: readonly Field[];
  readonly #graph: readonly Field[];
  #outputs: Field[];

  constructor(model: Uint8Array) {
    this.#model = decodeFields(model);
    this.#graph = decodeFields(bytesOf(this.#model.find((field) => field.number === MODEL_GRAPH)));
    this.nodes = this.#graph.filter((field) => field.number === GRAPH.node).map((field) => toNode(bytesOf(field)));
    this.#outputs = this.#graph.filter((field) => field.number === GRAPH.output);
  }

  get outputNames(): string[] {
    return this.#outputs.map((output) => textOf(decodeFields(bytesOf(output)).find((field) => field.number === 1)));
  }

  /** Makes these float tensors the outputs. Their shapes are left for the runtime to find. */
  setOutputs(names: readonly string[]): void {
    const type = encodeFields([bytesField(1, encodeFields([varintField(1, FLOAT)]))]);
    this.#outputs = names.map((name) =>
      bytesField(GRAPH.output, encodeFields([textField(1, name), bytesField(2, type)])),
    );
  }

  producerOf(name: string): OnnxNode | undefined {
    return this.nodes.find((node) => node.outputs.includes(name));
  }

  consumersOf(name: string): OnnxNode[] {
    return this.nodes.filter((node) => node.inputs.includes(name));
  }

  /** Value of a float constant, or null where `name` is none. */
  constant(name: string): FloatConstant | null {
    const node = this.producerOf(name);
    if (node?.op !== 'Constant') return null;
    const attribute = node.attributes[0];
    const tensor = decodeFields(bytesOf(attribute)).find((field) => field.number === ATTRIBUTE.tensor);
    return tensor === undefined ? null : toFloats(decodeFields(bytesOf(tensor)));
  }

  /** Replaces the value of a constant, or adds one; constants are put first. */
  setConstant(name: string, { dims, data }: FloatConstant): void {
    const tensor = encodeFields([
      ...dims.map((length) => varintField(TENSOR.dims, length)),
      varintField(TENSOR.type, FLOAT),
      bytesField(TENSOR.rawData, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    ]);
    const attribute = encodeFields([
      textField(ATTRIBUTE.name, 'value'),
      bytesField(ATTRIBUTE.tensor, tensor),
      varintField(ATTRIBUTE.type, ATTRIBUTE_TENSOR),
    ]);
    this.nodes = this.nodes.filter((node) => !node.outputs.includes(name));
    this.nodes.unshift({
      op: 'Constant',
      inputs: [],
      outputs: [name],
      attributes: [bytesField(NODE.attribute, attribute)],
    });
  }

  /** Drops nodes whose results nobody uses. */
  prune(): void {
    const used = new Set(this.outputNames);
    const kept: OnnxNode[] = [];
    for (const node of this.nodes.toReversed()) {
      if (!node.outputs.some((output) => used.has(output))) continue;
      for (const input of node.inputs) used.add(input);
      kept.push(node);
    }
    this.nodes = kept.reverse();
  }

  encode(): Uint8Array {
    const rest = this.#graph.filter((field) => field.number !== GRAPH.node && field.number !== GRAPH.output);
    const nodes = this.nodes.map((node) => bytesField(GRAPH.node, encodeNode(node)));
    const graph = bytesField(MODEL_GRAPH, encodeFields([...nodes, ...rest, ...this.#outputs]));
    return encodeFields(this.#model.map((field) => (field.number === MODEL_GRAPH ? graph : field)));
  }
}

/** The integers of an attribute such as a convolution's `pads`; empty where it is absent. */
export function intsOf(node: OnnxNode, name: string): number[] {
  for (const attribute of node.attributes) {
    const fields = decodeFields(bytesOf(attribute));
    if (textOf(fields.find((field) => field.number === ATTRIBUTE.name)) !== name) continue;
    return fields
      .filter((field) => field.number === ATTRIBUTE.ints || field.number === 3)
      .flatMap(({ value }) => (typeof value === 'number' ? [value] : [...value]));
  }
  return [];
}

export function floatAttribute(name: string, value: number): Field {
  const fields = [
    textField(ATTRIBUTE.name, name),
    floatField(ATTRIBUTE.float, value),
    varintField(ATTRIBUTE.type, ATTRIBUTE_FLOAT),
  ];
  return bytesField(NODE.attribute, encodeFields(fields));
}

export function intsAttribute(name: string, values: readonly number[]): Field {
  const ints = values.map((value) => varintField(ATTRIBUTE.ints, value));
  const fields = [textField(ATTRIBUTE.name, name), ...ints, varintField(ATTRIBUTE.type, ATTRIBUTE_INTS)];
  return bytesField(NODE.attribute, encodeFields(fields));
}

function toNode(bytes: Uint8Array): OnnxNode {
  const fields = decodeFields(bytes);
  const texts = (number: number): string[] => fields.filter((field) => field.number === number).map(textOf);
  return {
    op: texts(NODE.op)[0] ?? '',
    inputs: texts(NODE.input),
    outputs: texts(NODE.output),
    attributes: fields.filter((field) => field.number === NODE.attribute),
  };
}

function encodeNode(node: OnnxNode): Uint8Array {
  return encodeFields([
    ...node.inputs.map((input) => textField(NODE.input, input)),
    ...node.outputs.map((output) => textField(NODE.output, output)),
    textField(NODE.op, node.op),
    ...node.attributes,
  ]);
}

function toFloats(tensor: readonly Field[]): FloatConstant | null {
  if (tensor.find((field) => field.number === TENSOR.type)?.value !== FLOAT) return null;
  const dims = tensor
    .filter((field) => field.number === TENSOR.dims)
    .flatMap(({ value }) => (typeof value === 'number' ? [value] : unpackVarints(value)));
  const chunks = tensor
    .filter((field) => field.number === TENSOR.rawData || field.number === TENSOR.floatData)
    .map((field) => bytesOf(field));
  // The bytes may start at any offset of the file; floats must not.
  const bytes = Uint8Array.from(Buffer.concat(chunks));
  return { dims, data: new Float32Array(bytes.buffer) };
}

function unpackVarints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    values.push(value);
    value = 0;
    factor = 1;
  }
  return values;
}

function bytesOf(field: Field | undefined): Uint8Array {
  if (field === undefined || typeof field.value === 'number') throw new Error('the model file is damaged');
  return field.value;
}

function textOf(field: Field | undefined): string {
  return field === undefined ? '' : Buffer.from(bytesOf(field)).toString('utf8');
}
