/** An ONNX model as a list of nodes that can be changed. */
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  bytesOf,
  ELEMENT,
  floatOutputs,
  GRAPH,
  graphOf,
  NODE,
  outputNames,
  TENSOR,
  textOf,
  withGraph,
} from '../onnx-fields.js';
import { bytesField, decodeFields, encodeFields, type Field, textField, varintField } from '../protobuf.js';

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

/** A model with one graph, whose constants are `Constant` nodes as Paddle's converter writes them. */
export class OnnxGraph {
  nodes: OnnxNode[];
  readonly #model: readonly Field[];
  readonly #graph: readonly Field[];
  #outputs: Field[];

  constructor(model: Uint8Array) {
    this.#model = decodeFields(model);
    this.#graph = graphOf(this.#model);
    this.nodes = this.#graph.filter((field) => field.number === GRAPH.node).map((field) => toNode(bytesOf(field)));
    this.#outputs = this.#graph.filter((field) => field.number === GRAPH.output);
  }

  get outputNames(): string[] {
    return outputNames(this.#outputs);
  }

  /** Makes these float tensors the outputs. Their shapes are left for the runtime to find. */
  setOutputs(names: readonly string[]): void {
    this.#outputs = floatOutputs(names);
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
      varintField(TENSOR.type, ELEMENT.float),
      bytesField(TENSOR.rawData, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    ]);
    const attribute = encodeFields([
      textField(ATTRIBUTE.name, 'value'),
      bytesField(ATTRIBUTE.tensor, tensor),
      varintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.tensor),
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
    return withGraph(this.#model, encodeFields([...nodes, ...rest, ...this.#outputs]));
  }
}

/** The integers of an attribute such as a convolution's `pads`; empty where it is absent. */
export function intsOf(node: OnnxNode, name: string): number[] {
  for (const attribute of node.attributes) {
    const fields = decodeFields(bytesOf(attribute));
    if (textOf(fields.find((field) => field.number === ATTRIBUTE.name)) !== name) continue;
    return fields
      .filter((field) => field.number === ATTRIBUTE.ints || field.number === ATTRIBUTE.int)
      .flatMap(({ value }) => (typeof value === 'number' ? [value] : [...value]));
  }
  return [];
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
  if (tensor.find((field) => field.number === TENSOR.type)?.value !== ELEMENT.float) return null;
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
