/**
 * Lets a Moonshine encoder multiply with floats. In its file the weights are 8-bit integers, and before each product what
 * was heard so far is rounded to 8 bits too, over the whole piece: one loud sound leaves few steps for all soft ones. The
 * weights stay as they are, and are turned into floats once, when the model is loaded; what was heard is rounded no more.
 */
import {
  GRAPH,
  graphOf,
  NODE,
  node,
  nodeText,
  nodeTexts,
  outputNames,
  TENSOR,
  textIn,
  usedNodes,
  withGraph,
} from '../onnx-fields.js';
import { decodeFields, encodeFields, type Field } from '../protobuf.js';

/** The same encoder, with products of floats; null where it has no products of integers. Throws on what is no model. */
export function withFloatProducts(model: Uint8Array): Uint8Array | null {
  const fields = decodeFields(model);
  const graph = graphOf(fields);
  const nodes = graph.filter(({ number }) => number === GRAPH.node);
  const weights = graph.filter(({ number }) => number === GRAPH.initializer);
  const replaced = floatProducts(nodes, new Set(weights.map((each) => textIn(each, TENSOR.name))));
  if (replaced.size === 0) return null;
  const kept = usedNodes(
    nodes.flatMap((each) => replaced.get(each) ?? [each]),
    outputNames(graph),
  );
  const used = new Set(kept.flatMap((each) => nodeTexts(each, NODE.input)));
  const others = graph.filter(
    (each) => each.number !== GRAPH.node && (each.number !== GRAPH.initializer || used.has(textIn(each, TENSOR.name))),
  );
  return withGraph(fields, encodeFields([...kept, ...others]));
}

/**
 * What takes the place of the last node of each product: `DynamicQuantizeLinear(x)`, `MatMulInteger`, `Cast`, and `Mul`
 * with the product of both scales. Products with anything but a weight are left.
 */
function floatProducts(nodes: readonly Field[], weights: ReadonlySet<string>): Map<Field, Field[]> {
  const producers = new Map(nodes.flatMap((each) => nodeTexts(each, NODE.output).map((name) => [name, each] as const)));
  const users = new Map(nodes.flatMap((each) => nodeTexts(each, NODE.input).map((name) => [name, each] as const)));
  const replaced = new Map<Field, Field[]>();
  for (const product of nodes.filter((each) => nodeText(each, NODE.op) === 'MatMulInteger')) {
    const [rounded = '', weight = '', , zero = ''] = nodeTexts(product, NODE.input);
    const cast = users.get(nodeText(product, NODE.output));
    const scaled = cast && users.get(nodeText(cast, NODE.output));
    const rounding = producers.get(rounded);
    if (scaled === undefined || rounding === undefined || !weights.has(weight)) continue;
    const factor = nodeTexts(scaled, NODE.input).map((name) => producers.get(name));
    const scales = factor.find((each) => each !== undefined && nodeText(each, NODE.op) === 'Mul');
    const scale = scales && nodeTexts(scales, NODE.input).find((name) => weights.has(name));
    if (scale === undefined) continue;
    const floats = `${nodeText(product, NODE.output)}.weight`;
    replaced.set(scaled, [
      node('DequantizeLinear', [weight, scale, zero], [floats]),
      node('MatMul', [nodeText(rounding, NODE.input), floats], nodeTexts(scaled, NODE.output)),
    ]);
  }
  return replaced;
}
