/** Counters of one run; the progress line and the summary read them. */
export class RunStats {
  /** Items with their final answer. */
  settled = 0;
  /** Inputs (files) of which rows were written. */
  inputsDone = 0;
  /** Parts (pages) that were read, and that failed. */
  ok = 0;
  failed = 0;
  /** Of `ok` and `failed`, those answered by the cache or by an identical item of the same run. */
  cached = 0;
  /** Requests sent, retries included. */
  calls = 0;
  /** Requests sent again after a failure. */
  retries = 0;
  /** Requests that were refused for quota. */
  refused = 0;
  /** Items sent of which no answer has told what they are billed as: `units` and the price do not count them. */
  unpriced = 0;
  /** Billable units of the items sent. */
  units = 0;
  /** List price of the items sent, in millionths of a US dollar: sums of decimals stay exact. */
  costMicroUsd = 0;

  get costUsd(): number {
    return this.costMicroUsd / 1e6;
  }

  get done(): number {
    return this.ok + this.failed;
  }
}
