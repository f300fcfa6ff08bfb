#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// A row of a plane, between a pixel that is not valid to either side.
typedef struct {
  float *p;
  float *valid;  // 1 or 0
  float *truth;  // 1 at the pixels of the class, else 0
} row;

// Rows of scratch: three of the plane, and what becomes of them.
enum { ROWS = 3, RESULTS = 3 };

long ck_gradient_magnitude_scratch(int w) { return (3L * ROWS + RESULTS) * (w + 2); }

typedef struct {
  ck_layout layout;
  const ck_label *labels;
  float *p;
  float threshold, p_factor, label_factor;
  ck_gradient_magnitude_sums *partials;
  float *scratch;
  int shares;
} magnitude_job;

// A plane of the job with the rows that a walk down it has at hand.
typedef struct {
  const ck_label *labels;
  float *p;
  int class, h, w;
  row rows[ROWS];
  float *results[RESULTS];
} plane;

static plane plane_at(const magnitude_job *job, int index, int share) {
  ck_layout l = job->layout;
  long width = l.w + 2, area = ck_area(l);
  float *scratch = job->scratch + share * ck_gradient_magnitude_scratch(l.w);
  memset(scratch, 0, sizeof(float) * (size_t)ck_gradient_magnitude_scratch(l.w));
  plane at = {.labels = job->labels + index / l.c * area, .p = job->p + index * area,
              .class = index % l.c, .h = l.h, .w = l.w};
  for (int i = 0; i < ROWS; i++) {
    float *first = scratch + 3 * i * width;
    at.rows[i] = (row){first, first + width, first + 2 * width};
  }
  for (int i = 0; i < RESULTS; i++) at.results[i] = scratch + (3 * ROWS + i) * width;
  return at;
}

// Row y; of the one below the image nothing is valid.
CK_KERNEL static void load(const plane *at, int y) {
  row to = at->rows[y % ROWS];
  if (y == at->h) {
    for (int x = 1; x <= at->w; x++) to.p[x] = to.valid[x] = to.truth[x] = 0.0f;
    return;
  }
  const float *p = at->p + (long)y * at->w;
  const ck_label *labels = at->labels + (long)y * at->w;
  for (int x = 1; x <= at->w; x++) {
    to.p[x] = p[x - 1];
    to.valid[x] = labels[x - 1] != CK_IGNORED ? 1.0f : 0.0f;
    to.truth[x] = labels[x - 1] == at->class ? 1.0f : 0.0f;
  }
}

// The derivative along an axis: a part of what lies between those before and behind a pixel.
typedef struct {
  float part, rise;
} ramp;

CK_INLINE ramp ramp_at(float before, float here, float behind, float has_before, float has_behind) {
  float part = has_before + has_behind > 1.0f ? 0.5f : 1.0f;
  float low = has_before > 0.0f ? before : here, high = has_behind > 0.0f ? behind : here;
  return (ramp){part, part * (high - low)};
}

// The gradient magnitudes of p and of the labels at a pixel, and what that of p was made from.
typedef struct {
  ramp x, y;
  float p, labels;
} magnitudes;

CK_INLINE magnitudes magnitudes_at(row above, row here, row below, int x) {
  const float least = 1e-6f;
  float left = here.valid[x - 1], right = here.valid[x + 1];
  float up = above.valid[x], down = below.valid[x];
  ramp px = ramp_at(here.p[x - 1], here.p[x], here.p[x + 1], left, right);
  ramp py = ramp_at(above.p[x], here.p[x], below.p[x], up, down);
  ramp tx = ramp_at(here.truth[x - 1], here.truth[x], here.truth[x + 1], left, right);
  ramp ty = ramp_at(above.truth[x], here.truth[x], below.truth[x], up, down);
  float p_square = px.rise * px.rise + py.rise * py.rise;
  float truth_square = tx.rise * tx.rise + ty.rise * ty.rise;
  p_square += here.p[x] - here.p[x];  // a NaN counts at its own pixel too
  return (magnitudes){px, py, sqrtf(p_square + least), sqrtf(truth_square + least)};
}

// The sums of one row; what is added up goes through `p_errors` and `label_errors` [w + 2].
CK_KERNEL static void add_row(row above, row here, row below, int w, float threshold,
                              float *restrict p_errors, float *restrict label_errors,
                              ck_gradient_magnitude_sums *sums) {
  int p_count = 0, label_count = 0;
  for (int x = 1; x <= w; x++) {
    magnitudes at = magnitudes_at(above, here, below, x);
    float error = fabsf(at.p - at.labels), valid = here.valid[x];
    float of_p = at.p >= threshold ? valid : 0.0f;
    float of_labels = at.labels >= threshold ? valid : 0.0f;
    p_errors[x] = of_p * error;
    label_errors[x] = of_labels * error;
    p_count += (int)of_p;
    label_count += (int)of_labels;
  }
  enum { LANES = 16 };
  double p_lanes[LANES] = {0}, label_lanes[LANES] = {0};
  int x = 1;
  for (; x + LANES <= w + 1; x += LANES)
    for (int lane = 0; lane < LANES; lane++) {
      p_lanes[lane] += (double)p_errors[x + lane];
      label_lanes[lane] += (double)label_errors[x + lane];
    }
  for (; x <= w; x++) {
    p_lanes[0] += (double)p_errors[x];
    label_lanes[0] += (double)label_errors[x];
  }
  for (int lane = 0; lane < LANES; lane++) {
    sums->p_error += p_lanes[lane];
    sums->label_error += label_lanes[lane];
  }
  sums->p_count += p_count;
  sums->label_count += label_count;
}

// Every thread takes each so many'th plane and has memory of its own.
static void sums_share(void *context, int unit) {
  const magnitude_job *job = context;
  for (int index = unit; index < job->layout.n * job->layout.c; index += job->shares) {
    plane at = plane_at(job, index, unit);
    ck_gradient_magnitude_sums sums = {0};
    load(&at, 0);
    for (int y = 0; y < at.h; y++) {
      load(&at, y + 1);
      add_row(at.rows[(y + ROWS - 1) % ROWS], at.rows[y % ROWS], at.rows[(y + 1) % ROWS], at.w,
              job->threshold, at.results[0], at.results[1], &sums);
    }
    job->partials[index] = sums;
  }
}

ck_gradient_magnitude_sums ck_gradient_magnitude(ck_layout l, const ck_label *labels, const float *p, float threshold,
                               ck_gradient_magnitude_sums *partials, float *scratch, int threads) {
  magnitude_job job = {l, labels, (float *)p, threshold, 0, 0, partials, scratch, threads};
  ck_parallel(threads, threads, sums_share, &job);
  ck_gradient_magnitude_sums sums = {0};
  for (int index = 0; index < l.n * l.c; index++) {
    sums.p_error += partials[index].p_error;
    sums.label_error += partials[index].label_error;
    sums.p_count += partials[index].p_count;
    sums.label_count += partials[index].label_count;
  }
  return sums;
}

// across and down [w + 2] = the slopes by what lies between a pixel's neighbours along each axis; 0
// where the pixel does not count.
CK_KERNEL static void slope_row(row above, row here, row below, int w, const magnitude_job *job,
                                float *restrict across, float *restrict down) {
  float threshold = job->threshold, p_factor = job->p_factor, label_factor = job->label_factor;
  for (int x = 1; x <= w; x++) {
    magnitudes at = magnitudes_at(above, here, below, x);
    float factor = at.p >= threshold ? p_factor : 0.0f;
    factor += at.labels >= threshold ? label_factor : 0.0f;
    float sign = (float)((at.p > at.labels) - (at.p < at.labels));
    float slope = here.valid[x] * sign * factor / at.p;
    across[x] = slope * at.x.rise * at.x.part;
    down[x] = slope * at.y.rise * at.y.part;
  }
}

// What the differences of a pixel and its neighbours hand on to its value; those of the row below
// are still to come. Where a pixel has no neighbour it is its own.
CK_KERNEL static void collect(row above, row here, row below, int w, const float *across,
                              const float *down_above, const float *down, float *restrict to) {
  for (int x = 1; x <= w; x++) {
    float horizontal = across[x - 1] - across[x + 1];
    horizontal += across[x] * (here.valid[x - 1] - here.valid[x + 1]);
    float vertical = down_above[x] + down[x] * (above.valid[x] - below.valid[x]);
    to[x - 1] = horizontal + vertical;
  }
}

CK_KERNEL static void take_away(const float *down, int w, float *restrict from) {
  for (int x = 1; x <= w; x++) from[x - 1] -= down[x];
}

static void slopes_share(void *context, int unit) {
  const magnitude_job *job = context;
  for (int index = unit; index < job->layout.n * job->layout.c; index += job->shares) {
    plane at = plane_at(job, index, unit);
    float *across = at.results[0];
    load(&at, 0);
    for (int y = 0; y < at.h; y++) {
      load(&at, y + 1);
      row above = at.rows[(y + ROWS - 1) % ROWS], here = at.rows[y % ROWS];
      row below = at.rows[(y + 1) % ROWS];
      float *down = at.results[1 + y % 2], *down_above = at.results[2 - y % 2];
      slope_row(above, here, below, at.w, job, across, down);
      float *to = at.p + (long)y * at.w;
      collect(above, here, below, at.w, across, down_above, down, to);
      if (y > 0) take_away(down, at.w, to - at.w);
    }
  }
}

void ck_gradient_magnitude_slopes(ck_layout l, const ck_label *labels, float *p, float threshold,
                         float p_factor, float label_factor, float *scratch, int threads) {
  magnitude_job job = {l, labels, p, threshold, p_factor, label_factor, NULL, scratch, threads};
  ck_parallel(threads, threads, slopes_share, &job);
}
