/*
 * Step 3: trains the line head on stored features with CTC loss and Adam.
 *   cc -O3 -march=native -ffast-math -o ctc ctc.c -lm
 *   ./ctc head.in head.out PASSES RATE HELD_OUT DROPPED
 * The first HELD_OUT lines of the file are not trained on; after each pass their errors are printed and the weights
 * written. DROPPED is the share of hidden states set to zero while training.
 *
 * Input: int32 classes, features, hidden, lines; the float32 weights; then each line: int32 steps, int32 length,
 * int32 labels[length], float32 features[steps][features]. Output: the weights, in the same order.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STEPS 318
#define MOST_LABELS 95
#define MOST_STATES (2 * MOST_LABELS + 1)
#define MOST_FEATURES 128
#define MOST_HIDDEN 512
#define MOST_CLASSES 256
#define BATCH 16
#define IMPOSSIBLE -1e30
/* The direct layer starts trained, so it moves more slowly than the rest. */
#define DIRECT_SHARE 0.3f

/* logits[t] = direct x[t] + bias + output max(0, context x[t-1..t+1] + context_bias) */
typedef struct {
  float *all, *direct, *bias, *context, *context_bias, *output;
} Weights;

typedef struct {
  int steps, length;
  int *labels;
  float *features;
} Line;

static int classes, features, hidden, line_count;
static long weight_count, direct_count;
static Weights weights, gradient;
static float *mean, *variance;
static Line *lines;

/* Of the line at hand: padded features, hidden states, log probabilities, and probabilities that turn into the error. */
static float padded[(MOST_STEPS + 2) * MOST_FEATURES], states[MOST_STEPS * MOST_HIDDEN];
static float logs[MOST_STEPS * MOST_CLASSES], errors[MOST_STEPS * MOST_CLASSES];
static double forwards[MOST_STEPS * MOST_STATES], backwards[MOST_STEPS * MOST_STATES];

static void fail(const char *reason) {
  fprintf(stderr, "ctc: %s\n", reason);
  exit(1);
}

static void *zeroed(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) fail("not enough memory");
  return memory;
}

static void read_exactly(void *into, size_t size, size_t count, FILE *file) {
  if (fread(into, size, count, file) != count) fail("the input is cut off");
}

static Weights new_weights(void) {
  Weights w;
  w.all = zeroed(weight_count, sizeof(float));
  w.direct = w.all;
  w.bias = w.direct + (long)classes * features;
  w.context = w.bias + classes;
  w.context_bias = w.context + (long)hidden * 3 * features;
  w.output = w.context_bias + hidden;
  return w;
}

static void read_line(Line *line, FILE *file) {
  int32_t size[2];
  read_exactly(size, sizeof(int32_t), 2, file);
  line->steps = size[0];
  line->length = size[1];
  line->labels = zeroed(line->length, sizeof(int));
  line->features = zeroed((size_t)line->steps * features, sizeof(float));
  read_exactly(line->labels, sizeof(int32_t), line->length, file);
  read_exactly(line->features, sizeof(float), (size_t)line->steps * features, file);
}

static void read_input(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("the input cannot be opened");
  int32_t head[4];
  read_exactly(head, sizeof(int32_t), 4, file);
  classes = head[0];
  features = head[1];
  hidden = head[2];
  line_count = head[3];
  if (classes > MOST_CLASSES || features > MOST_FEATURES || hidden > MOST_HIDDEN) fail("the head is too large");
  direct_count = (long)classes * features + classes;
  weight_count = direct_count + (long)hidden * 3 * features + hidden + (long)classes * hidden;
  weights = new_weights();
  gradient = new_weights();
  mean = zeroed(weight_count, sizeof(float));
  variance = zeroed(weight_count, sizeof(float));
  read_exactly(weights.all, sizeof(float), weight_count, file);
  lines = zeroed(line_count, sizeof(Line));
  for (int i = 0; i < line_count; i++) read_line(&lines[i], file);
  fclose(file);
}

static void write_weights(const char *path) {
  FILE *file = fopen(path, "wb");
  if (file == NULL || fwrite(weights.all, sizeof(float), weight_count, file) != (size_t)weight_count) {
    fail("the weights cannot be written");
  }
  fclose(file);
}

static inline float dot(const float *a, const float *b, int count) {
  float sum = 0;
  for (int i = 0; i < count; i++) sum += a[i] * b[i];
  return sum;
}

static inline void add_scaled(float *to, float factor, const float *values, int count) {
  for (int i = 0; i < count; i++) to[i] += factor * values[i];
}

static void normalise(float *log_row, float *row, float largest) {
  float sum = 0;
  for (int k = 0; k < classes; k++) sum += expf(log_row[k] - largest);
  float log_sum = largest + logf(sum);
  for (int k = 0; k < classes; k++) {
    log_row[k] -= log_sum;
    row[k] = expf(log_row[k]);
  }
}

/* Fills `padded`, `states`, `logs` and, with the probabilities, `errors`. */
static void run_head(const Line *line, float dropped) {
  memset(padded, 0, sizeof(float) * features);
  memcpy(padded + features, line->features, sizeof(float) * line->steps * features);
  memset(padded + (line->steps + 1) * features, 0, sizeof(float) * features);
  for (int t = 0; t < line->steps; t++) {
    float *state = states + t * hidden, *around = padded + t * features, *log_row = logs + t * classes;
    for (int i = 0; i < hidden; i++) {
      float value = weights.context_bias[i] + dot(weights.context + (long)i * 3 * features, around, 3 * features);
      state[i] = value > 0 ? value : 0;
      if (dropped > 0 && (rand() & 1023) < dropped * 1024) state[i] = 0;
    }
    float largest = -1e30f;
    for (int k = 0; k < classes; k++) {
      log_row[k] = weights.bias[k] + dot(weights.direct + k * features, around + features, features) +
                   dot(weights.output + k * hidden, state, hidden);
      if (log_row[k] > largest) largest = log_row[k];
    }
    normalise(log_row, errors + t * classes, largest);
  }
}

/* log(exp(a) + exp(b)) */
static inline double log_add(double a, double b) {
  double larger = a < b ? b : a, smaller = a < b ? a : b;
  return smaller <= IMPOSSIBLE ? larger : larger + log1p(exp(smaller - larger));
}

/* Class of a state of CTC: a blank before, between and behind the labels. */
static inline int class_of(const Line *line, int state) {
  return state & 1 ? line->labels[state >> 1] : 0;
}

/* Whether CTC may come to `state` from two states before: labels that differ, without the blank between them. */
static inline int may_skip_to(const Line *line, int state) {
  return state > 1 && (state & 1) && class_of(line, state) != class_of(line, state - 2);
}

static void run_forwards(const Line *line, int count) {
  forwards[0] = logs[0];
  if (count > 1) forwards[1] = logs[class_of(line, 1)];
  for (int t = 1; t < line->steps; t++) {
    const double *before = forwards + (t - 1) * count;
    for (int i = 0; i < count; i++) {
      double sum = before[i];
      if (i > 0) sum = log_add(sum, before[i - 1]);
      if (may_skip_to(line, i)) sum = log_add(sum, before[i - 2]);
      forwards[t * count + i] = sum + logs[t * classes + class_of(line, i)];
    }
  }
}

static void run_backwards(const Line *line, int count) {
  int last = (line->steps - 1) * count + count - 1;
  backwards[last] = 0;
  if (count > 1) backwards[last - 1] = 0;
  for (int t = line->steps - 2; t >= 0; t--) {
    const double *after = backwards + (t + 1) * count;
    const float *log_row = logs + (t + 1) * classes;
    for (int i = 0; i < count; i++) {
      double sum = after[i] + log_row[class_of(line, i)];
      if (i + 1 < count) sum = log_add(sum, after[i + 1] + log_row[class_of(line, i + 1)]);
      if (i + 2 < count && may_skip_to(line, i + 2)) {
        sum = log_add(sum, after[i + 2] + log_row[class_of(line, i + 2)]);
      }
      backwards[t * count + i] = sum;
    }
  }
}

/* CTC loss of the line; `errors` become the derivatives by the logits. */
static double ctc_loss(const Line *line) {
  int count = 2 * line->length + 1;
  for (int i = 0; i < line->steps * count; i++) forwards[i] = backwards[i] = IMPOSSIBLE;
  run_forwards(line, count);
  run_backwards(line, count);
  const double *last = forwards + (line->steps - 1) * count;
  double likelihood = log_add(last[count - 1], count > 1 ? last[count - 2] : IMPOSSIBLE);
  for (int t = 0; t < line->steps; t++) {
    for (int i = 0; i < count; i++) {
      double share = forwards[t * count + i] + backwards[t * count + i] - likelihood;
      if (share > -30) errors[t * classes + class_of(line, i)] -= exp(share);
    }
  }
  return -likelihood;
}

static void add_gradient(const Line *line) {
  float by_state[MOST_HIDDEN];
  for (int t = 0; t < line->steps; t++) {
    const float *state = states + t * hidden, *around = padded + t * features;
    memset(by_state, 0, sizeof by_state);
    for (int k = 0; k < classes; k++) {
      float error = errors[t * classes + k];
      if (fabsf(error) < 1e-4) continue;
      gradient.bias[k] += error;
      add_scaled(gradient.direct + k * features, error, around + features, features);
      add_scaled(gradient.output + k * hidden, error, state, hidden);
      add_scaled(by_state, error, weights.output + k * hidden, hidden);
    }
    for (int i = 0; i < hidden; i++) {
      if (state[i] <= 0 || fabsf(by_state[i]) < 1e-6) continue;
      gradient.context_bias[i] += by_state[i];
      add_scaled(gradient.context + (long)i * 3 * features, by_state[i], around, 3 * features);
    }
  }
}

/* One step of Adam with the mean gradient of a batch, which is then cleared. */
static void update(int step, float rate) {
  float mean_scale = 1 - powf(.9, step), variance_scale = 1 - powf(.999, step);
  for (long i = 0; i < weight_count; i++) {
    float slope = gradient.all[i] / BATCH;
    mean[i] = .9f * mean[i] + .1f * slope;
    variance[i] = .999f * variance[i] + .001f * slope * slope;
    float share = i < direct_count ? DIRECT_SHARE : 1.f;
    weights.all[i] -= rate * share * (mean[i] / mean_scale) / (sqrtf(variance[i] / variance_scale) + 1e-8f);
    gradient.all[i] = 0;
  }
}

/* The rate rises over the first 3% and then falls as a cosine. */
static float rate_at(double progress, float highest) {
  return highest * (progress < .03 ? progress / .03 : .5 * (1 + cos(M_PI * progress)) + .01);
}

/* Reads the line: the likeliest class of each step, without repetitions and blanks. */
static int decode(const Line *line, int *read) {
  int count = 0, previous = 0;
  for (int t = 0; t < line->steps; t++) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (logs[t * classes + k] > logs[t * classes + best]) best = k;
    }
    if (best != 0 && best != previous) read[count++] = best;
    previous = best;
  }
  return count;
}

/* Levenshtein distance of the labels to what was read. */
static int distance(const Line *line, const int *read, int count) {
  int row[MOST_STEPS + 1];
  for (int j = 0; j <= count; j++) row[j] = j;
  for (int i = 1; i <= line->length; i++) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= count; j++) {
      int above = row[j], least = diagonal + (line->labels[i - 1] != read[j - 1]);
      if (above + 1 < least) least = above + 1;
      if (row[j - 1] + 1 < least) least = row[j - 1] + 1;
      row[j] = least;
      diagonal = above;
    }
  }
  return row[count];
}

/* Characters read wrong in the lines held out, in percent. */
static double held_out_errors(int held_out) {
  long wrong = 0, all = 0;
  for (int i = 0; i < held_out; i++) {
    int read[MOST_STEPS];
    if (lines[i].steps > MOST_STEPS) continue;
    run_head(&lines[i], 0);
    wrong += distance(&lines[i], read, decode(&lines[i], read));
    all += lines[i].length;
  }
  return 100.0 * wrong / all;
}

static void shuffle(int *order, int count) {
  for (int i = count - 1; i > 0; i--) {
    int j = rand() % (i + 1), kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

/* One pass over the lines of `order`; returns the mean loss of a character. `seen` and `step` go on counting. */
static double train_pass(const int *order, int count, int passes, float rate, float dropped, long *seen, int *step) {
  double loss = 0;
  int trained = 0, in_batch = 0;
  for (int i = 0; i < count; i++) {
    const Line *line = lines + order[i];
    *seen += 1;
    if (line->steps > MOST_STEPS || line->length > MOST_LABELS) continue;
    run_head(line, dropped);
    double line_loss = ctc_loss(line);
    if (!(line_loss < 1e20)) continue;
    loss += line_loss / line->length;
    trained++;
    add_gradient(line);
    if (++in_batch < BATCH) continue;
    in_batch = 0;
    update(++*step, rate_at((double)*seen / ((long)passes * count), rate));
  }
  return loss / trained;
}

int main(int argument_count, char **arguments) {
  if (argument_count != 7) fail("usage: ctc head.in head.out PASSES RATE HELD_OUT DROPPED");
  read_input(arguments[1]);
  int passes = atoi(arguments[3]), held_out = atoi(arguments[5]);
  float rate = atof(arguments[4]), dropped = atof(arguments[6]);
  int count = line_count - held_out, step = 0;
  if (held_out < 1 || count < BATCH) fail("too few lines to train on, or none held out");
  long seen = 0;
  int *order = zeroed(count, sizeof(int));
  for (int i = 0; i < count; i++) order[i] = i + held_out;
  srand(1);
  for (int pass = 1; pass <= passes; pass++) {
    shuffle(order, count);
    double loss = train_pass(order, count, passes, rate, dropped, &seen, &step);
    printf("pass %d: loss %.4f, held out: %.3f%% of the characters wrong\n", pass, loss, held_out_errors(held_out));
    fflush(stdout);
    write_weights(arguments[2]);
  }
  return 0;
}
