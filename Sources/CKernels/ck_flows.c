#include "ck_flows.h"

#include <math.h>
#include <stdlib.h>

#include "ck_dispatch.h"
#include "ck_object_losses.h"
#include "ck_parallel.h"

// MARK: - Heat

// The objects of an image, and memory for one of them at a time.
typedef struct {
  int32_t *place;    // [65536] of each id its object, from 1
  int32_t *box;      // [objects, 4] first row, last row, first column, last column
  int32_t *rows;     // [h] pixels of the object in each row
  int32_t *columns;  // [w]
  double *heat;      // [h + 2, w + 2], a border of nothing around the object's box
  double *across;    // [h + 2, w + 2]
  double *inside;    // [h + 2, w + 2] 1/9 in the object, 0 elsewhere
} memory;

enum { LABELS = 65536, ALIGNED = 64 };

static long padded(long bytes) { return (bytes + ALIGNED - 1) / ALIGNED * ALIGNED; }

static long most_objects(int h, int w) { return (long)h * w < LABELS ? (long)h * w : LABELS; }
static long plane_bytes(int h, int w) {
  return padded((long)sizeof(double) * (h + 2) * (w + 2));
}

static long bytes_before_planes(int h, int w) {
  return padded(sizeof(int32_t) * LABELS) + padded((long)sizeof(int32_t) * 4 * most_objects(h, w)) +
         padded((long)sizeof(int32_t) * h) + padded((long)sizeof(int32_t) * w);
}

long ck_flows_scratch(int h, int w) { return bytes_before_planes(h, w) + 3 * plane_bytes(h, w); }

static memory divide(char *bytes, int h, int w) {
  memory m;
  m.place = (int32_t *)bytes;
  m.box = (int32_t *)(bytes + padded(sizeof(int32_t) * LABELS));
  m.rows = (int32_t *)((char *)m.box + padded((long)sizeof(int32_t) * 4 * most_objects(h, w)));
  m.columns = (int32_t *)((char *)m.rows + padded((long)sizeof(int32_t) * h));
  bytes += bytes_before_planes(h, w);
  m.heat = (double *)bytes;
  m.across = (double *)(bytes + plane_bytes(h, w));
  m.inside = (double *)(bytes + 2 * plane_bytes(h, w));
  return m;
}

static int find_boxes(const ck_label *ids, int h, int w, memory m) {
  int objects = 0;
  memset(m.place, 0, sizeof *m.place * LABELS);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      ck_label id = ids[(long)y * w + x];
      if (id == 0 || id == CK_IGNORED) continue;
      if (!m.place[id]) {
        m.place[id] = ++objects;
        int32_t *box = m.box + 4 * (objects - 1);
        box[0] = y, box[2] = x, box[3] = x;
      }
      int32_t *box = m.box + 4 * (m.place[id] - 1);
      box[1] = y;
      box[2] = x < box[2] ? x : box[2];
      box[3] = x > box[3] ? x : box[3];
    }
  return objects;
}

// Twice the median of numbers, each of which is there `counts` times.
static int double_median(const int32_t *counts, long all) {
  long before = 0;
  int number = 0;
  for (; before + counts[number] <= (all - 1) / 2; number++) before += counts[number];
  int lower = number;
  for (; before + counts[number] <= all / 2; number++) before += counts[number];
  return lower + number;
}

// One step of all rows. What lies outside of the object is nothing, and stays so.
CK_KERNEL static void spread(double *restrict heat, double *restrict across,
                             const double *restrict inside, int height, int width) {
  for (int y = 0; y < height; y++) {
    const double *from = heat + (long)y * width;
    double *to = across + (long)y * width;
    for (int x = 1; x < width - 1; x++) to[x] = from[x - 1] + from[x] + from[x + 1];
  }
  for (int y = 1; y < height - 1; y++) {
    const double *from = across + (long)y * width, *share = inside + (long)y * width;
    double *to = heat + (long)y * width;
    for (int x = 1; x < width - 1; x++)
      to[x] = share[x] * (from[x - width] + from[x] + from[x + width]);
  }
}

// ln(1 + x) of x >= 0 from basic operations, the same on every processor: twice the inverse hyperbolic
// tangent of x / (2 + x), after halving 1 + x to below √2.
static double log_of_one_and(double x) {
  double halvings = 0;
  if (x > 0.41421356237309503) {
    int exponent;
    double mantissa = frexp(1 + x, &exponent);  // exact: a move of bits
    if (mantissa < 0.70710678118654757) mantissa *= 2, exponent--;
    halvings = exponent;
    x = mantissa - 1;
  }
  double s = x / (2 + x), square = s * s, sum = 0;
  for (int n = 25; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
  return 2 * s * sum + halvings * 0.69314718055994531;
}

// The difference of two values, 0 where it is no more than their rounding.
static double difference(double value, double other) {
  double d = value - other;
  return fabs(d) > 1e-12 * (value + other) ? d : 0;
}

static void heat_object(const ck_label *ids, int w, ck_label id, const int32_t *box, memory m,
                        float *down, float *right) {
  int top = box[0], left = box[2], rows = box[1] - top + 1, columns = box[3] - left + 1;
  int height = rows + 2, width = columns + 2;
  memset(m.rows, 0, sizeof *m.rows * (size_t)rows);
  memset(m.columns, 0, sizeof *m.columns * (size_t)columns);
  memset(m.heat, 0, sizeof *m.heat * (size_t)height * (size_t)width);
  memset(m.across, 0, sizeof *m.across * (size_t)height * (size_t)width);
  memset(m.inside, 0, sizeof *m.inside * (size_t)height * (size_t)width);
  long pixels = 0;
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) {
      if (ids[(long)(top + y) * w + left + x] != id) continue;
      m.inside[(long)(y + 1) * width + x + 1] = 1.0 / 9;
      m.rows[y]++;
      m.columns[x]++;
      pixels++;
    }

  long middle_y = double_median(m.rows, pixels), middle_x = double_median(m.columns, pixels);
  long least = -1, source = 0;
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) {
      long place = (long)(y + 1) * width + x + 1;
      long dy = 2 * y - middle_y, dx = 2 * x - middle_x, square = dy * dy + dx * dx;
      if (m.inside[place] == 0 || (least >= 0 && square >= least)) continue;
      least = square;
      source = place;
    }

  int steps = 2 * (rows - 1 + columns - 1);
  for (int step = 0; step < steps; step++) {
    m.heat[source] += 1;
    spread(m.heat, m.across, m.inside, height, width);
  }
  for (long i = 0; i < (long)height * width; i++) m.across[i] = log_of_one_and(m.heat[i]);
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) {
      long place = (long)(y + 1) * width + x + 1, pixel = (long)(top + y) * w + left + x;
      if (m.inside[place] == 0) continue;
      double dy = difference(m.across[place + width], m.across[place - width]);
      double dx = difference(m.across[place + 1], m.across[place - 1]);
      double most = fabs(dy) > fabs(dx) ? fabs(dy) : fabs(dx);
      if (most == 0) continue;
      dy /= most;
      dx /= most;
      double length = sqrt(dy * dy + dx * dx);
      down[pixel] = (float)(dy / length);
      right[pixel] = (float)(dx / length);
    }
}

typedef struct {
  const ck_label *ids;
  int n, h, w, shares;
  float *flows;
  char *scratch;
} heat_job;

// Every thread takes each so many'th image and has memory of its own.
static void heat_share(void *context, int unit) {
  const heat_job *job = context;
  int h = job->h, w = job->w;
  long area = (long)h * w;
  memory m = divide(job->scratch + unit * ck_flows_scratch(h, w), h, w);
  for (int n = unit; n < job->n; n += job->shares) {
    const ck_label *ids = job->ids + n * area;
    float *down = job->flows + 2 * n * area;
    memset(down, 0, sizeof *down * 2 * (size_t)area);
    int objects = find_boxes(ids, h, w, m);
    for (int id = 1; objects > 0 && id < LABELS; id++)
      if (m.place[id])
        heat_object(ids, w, (ck_label)id, m.box + 4 * (m.place[id] - 1), m, down, down + area);
  }
}

void ck_flows(const ck_label *ids, int n, int h, int w, float *flows, void *scratch, int threads) {
  int shares = threads < n ? threads : n;
  heat_job job = {ids, n, h, w, shares, flows, scratch};
  ck_parallel(shares, shares, heat_share, &job);
}

// MARK: - Loss

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *ids;
  const float *flows;
  float probability_scale, flow_scale;
  float *gradient;
  double *partials;
} flow_loss;

CK_KERNEL static void flow_block(void *context, int unit) {
  const flow_loss *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);
  long area = ck_area(l);

  double of_probability[CK_TILE] = {0}, of_flows[CK_TILE] = {0};
  float z[3][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->ids, block, pixel, z);
    float q[CK_TILE], loss[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) q[t] = tile.label[t] != 0 ? 1.0f : 0.0f;
    ck_tile_binary(tile.valid, q, job->probability_scale, z[0], loss);
    for (int t = 0; t < CK_TILE; t++) of_probability[t] += (double)loss[t];
    for (int c = 1; c < 3; c++) {
      float flow[CK_TILE] = {0};
      memcpy(flow, job->flows + ((long)block.n * 2 + c - 1) * area + pixel,
             sizeof *flow * (size_t)count);
      for (int t = 0; t < CK_TILE; t++) {
        float error = tile.valid[t] ? z[c][t] - CK_FLOW_SCALE * flow[t] : 0.0f;
        of_flows[t] += (double)error * (double)error;
        z[c][t] = job->flow_scale * error;
      }
    }
    if (job->gradient) ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double sums[2] = {0};
  for (int t = 0; t < CK_TILE; t++) sums[0] += of_probability[t], sums[1] += of_flows[t];
  job->partials[2 * unit] = sums[0];
  job->partials[2 * unit + 1] = sums[1];
}

void ck_flows_loss(ck_layout l, const float *logits, const ck_label *ids, const float *flows,
                   const float scales[2], float *gradient, double *partials, double sums[2],
                   int threads) {
  flow_loss job = {l, logits, ids, flows, scales[0], scales[1], gradient, partials};
  ck_sum_pairs_of_blocks(l, flow_block, &job, partials, sums, threads);
}

// MARK: - Objects

typedef struct {
  const float *flows;
  const uint8_t *is_object;
  int h, w, steps;
  int32_t *ends;
} follow;

static inline float within(float x, int count) {
  float last = (float)(count - 1);
  x = x > 0 ? x : 0;  // NaN too
  return x < last ? x : last;
}

// The flow between four pixels' centres.
static inline float between(const follow *job, const float *flow, long place, int below, int beside,
                            float y, float x) {
  long w = job->w;
  const uint8_t *is = job->is_object;
  float a = is[place] ? flow[place] : 0;
  float b = is[place + beside] ? flow[place + beside] : 0;
  float c = is[place + below * w] ? flow[place + below * w] : 0;
  float d = is[place + below * w + beside] ? flow[place + below * w + beside] : 0;
  return (1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * c + x * d);
}

static void follow_row(void *context, int row) {
  const follow *job = context;
  int h = job->h, w = job->w;
  long area = (long)h * w;
  for (int column = 0; column < w; column++) {
    long pixel = (long)row * w + column;
    if (!job->is_object[pixel]) {
      job->ends[pixel] = -1;
      continue;
    }
    float y = (float)row, x = (float)column;
    for (int step = 0; step < job->steps; step++) {
      int top = (int)y, left = (int)x;
      long place = (long)top * w + left;
      int below = top + 1 < h, beside = left + 1 < w;
      float dy = between(job, job->flows, place, below, beside, y - (float)top, x - (float)left);
      float dx =
          between(job, job->flows + area, place, below, beside, y - (float)top, x - (float)left);
      if (dy == 0 && dx == 0) break;
      y = within(y + dy, h);
      x = within(x + dx, w);
    }
    job->ends[pixel] = (int32_t)(y + 0.5f) * w + (int32_t)(x + 0.5f);
  }
}

void ck_flows_follow(const float *flows, const uint8_t *is_object, int h, int w, int steps,
                     int32_t *ends, int threads) {
  follow job = {flows, is_object, h, w, steps, ends};
  ck_parallel(threads, h, follow_row, &job);
}

static int is_peak(const int32_t *counts, int h, int w, int y, int x) {
  long here = (long)y * w + x;
  for (int r = y > 2 ? y - 2 : 0; r <= y + 2 && r < h; r++)
    for (int c = x > 2 ? x - 2 : 0; c <= x + 2 && c < w; c++) {
      long other = (long)r * w + c;
      if (counts[other] > counts[here] || (counts[other] == counts[here] && other < here)) return 0;
    }
  return 1;
}

// A peak: how many ended there, and where.
typedef struct {
  int32_t count, pixel;
} peak;

static int order(const void *one, const void *other) {
  const peak *a = one, *b = other;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return a->pixel < b->pixel ? -1 : a->pixel > b->pixel;
}

// The pixels within 5 steps of a peak that an object grows to get its number.
static void grow(const int32_t *counts, int h, int w, int32_t pixel, int32_t number,
                 int32_t *regions) {
  enum { STEPS = 5, SIDE = 2 * STEPS + 1 };
  int top = pixel / w - STEPS, left = pixel % w - STEPS;
  uint8_t is[SIDE][SIDE] = {{0}}, next[SIDE][SIDE];
  is[STEPS][STEPS] = 1;
  for (int step = 0; step < STEPS; step++) {
    memcpy(next, is, sizeof is);
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++) {
        int r = top + y, c = left + x;
        if (is[y][x] || r < 0 || r >= h || c < 0 || c >= w) continue;
        if (counts[(long)r * w + c] <= 2 || regions[(long)r * w + c]) continue;
        for (int i = y > 0 ? y - 1 : 0; i <= y + 1 && i < SIDE; i++)
          for (int j = x > 0 ? x - 1 : 0; j <= x + 1 && j < SIDE; j++) next[y][x] |= is[i][j];
      }
    memcpy(is, next, sizeof is);
  }
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      if (is[y][x]) regions[(long)(top + y) * w + left + x] = number;
}

int ck_flows_gather(const int32_t *ends, int h, int w, int least, int32_t *map, int32_t *scratch) {
  long area = (long)h * w;
  int32_t *counts = scratch, *regions = map;
  peak *peaks = (peak *)(scratch + area);
  memset(counts, 0, sizeof *counts * (size_t)area);
  memset(regions, 0, sizeof *regions * (size_t)area);
  for (long i = 0; i < area; i++)
    if (ends[i] >= 0) counts[ends[i]]++;
  long found = 0;
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      int32_t pixel = (int32_t)((long)y * w + x);
      if (counts[pixel] >= least && is_peak(counts, h, w, y, x))
        peaks[found++] = (peak){counts[pixel], pixel};
    }
  qsort(peaks, (size_t)found, sizeof *peaks, order);
  int objects = 0;
  for (long i = 0; i < found; i++)
    if (!regions[peaks[i].pixel]) grow(counts, h, w, peaks[i].pixel, ++objects, regions);
  memcpy(counts, regions, sizeof *counts * (size_t)area);
  for (long i = 0; i < area; i++) map[i] = ends[i] >= 0 ? counts[ends[i]] : 0;
  return objects;
}
