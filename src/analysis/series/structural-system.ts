/** A structural model: level, slope, trigonometric season and regression (Harvey 1989; Durbin and Koopman 2012, chapter 3). */

export interface StructuralShape {
  readonly hasSlope: boolean;
  readonly season: { readonly period: number; readonly harmonics: number } | null;
  /** One column a regressor, a value a period, of the predicted periods too. */
  readonly regressors: readonly Float64Array[];
  /** Variances of what the regressors' coefficients are expected to be, about 0; of those left out nothing is expected. */
  readonly coefficientVariances?: readonly number[];
  /** Deviation of what the season moves by a period, in those of the noise; 0, a season that stays, where it is left out. */
  readonly seasonRatio?: number;
}

export interface Variances {
  readonly noise: number;
  readonly level: number;
  readonly slope: number;
  readonly season: number;
}

/** Variance of what is not known at the start, for values of about unit deviation. */
const DIFFUSE = 1e7;

/** The model's matrices, applied without being written out. */
export class StructuralSystem {
  readonly size: number;
  readonly seasonRatio: number;
  readonly #shape: StructuralShape;
  readonly #seasonAt: number;
  readonly #regressionAt: number;
  readonly #cosines: number[] = [];
  readonly #sines: number[] = [];

  constructor(shape: StructuralShape) {
    this.#shape = shape;
    this.seasonRatio = shape.seasonRatio ?? 0;
    this.#seasonAt = shape.hasSlope ? 2 : 1;
    const harmonics = shape.season?.harmonics ?? 0;
    for (let k = 1; k <= harmonics; k += 1) {
      const angle = (2 * Math.PI * k) / (shape.season?.period ?? 1);
      this.#cosines.push(Math.cos(angle));
      this.#sines.push(Math.sin(angle));
    }
    this.#regressionAt = this.#seasonAt + 2 * harmonics;
    this.size = this.#regressionAt + shape.regressors.length;
  }

  /** Variance of a part of the state before the first period. */
  startVariance(index: number): number {
    return this.#shape.coefficientVariances?.[index - this.#regressionAt] ?? DIFFUSE;
  }

  /** Writes what a period observes of the state. */
  observe(period: number, into: Float64Array): void {
    into.fill(0);
    into[0] = 1;
    for (let i = this.#seasonAt; i < this.#regressionAt; i += 2) into[i] = 1;
    this.#shape.regressors.forEach((column, i) => {
      into[this.#regressionAt + i] = column[period] ?? 0;
    });
  }

  /** Moves a state (`stride` 1) or each row or column of a matrix one period on. */
  advance(values: Float64Array, offset: number, stride: number): void {
    if (this.#shape.hasSlope) values[offset] = (values[offset] as number) + (values[offset + stride] as number);
    for (let k = 0; k < this.#cosines.length; k += 1) {
      const first = offset + (this.#seasonAt + 2 * k) * stride;
      const [cosine, sine] = [this.#cosines[k] as number, this.#sines[k] as number];
      const [a, b] = [values[first] as number, values[first + stride] as number];
      values[first] = cosine * a + sine * b;
      values[first + stride] = cosine * b - sine * a;
    }
  }

  /** The transposed transition, for the smoother. */
  retreat(values: Float64Array): void {
    if (this.#shape.hasSlope) values[1] = (values[1] as number) + (values[0] as number);
    for (let k = 0; k < this.#cosines.length; k += 1) {
      const first = this.#seasonAt + 2 * k;
      const [cosine, sine] = [this.#cosines[k] as number, this.#sines[k] as number];
      const [a, b] = [values[first] as number, values[first + 1] as number];
      values[first] = cosine * a - sine * b;
      values[first + 1] = cosine * b + sine * a;
    }
  }

  /** Moves a covariance one period on and adds what is new. */
  advanceCovariance(covariance: Float64Array, variances: Variances): void {
    const m = this.size;
    for (let i = 0; i < m; i += 1) this.advance(covariance, i * m, 1);
    for (let i = 0; i < m; i += 1) this.advance(covariance, i, m);
    covariance[0] = (covariance[0] as number) + variances.level;
    if (this.#shape.hasSlope) covariance[m + 1] = (covariance[m + 1] as number) + variances.slope;
    for (let i = this.#seasonAt; i < this.#regressionAt; i += 1) {
      covariance[i * m + i] = (covariance[i * m + i] as number) + variances.season;
    }
  }
}
