#include "ck_flows.h"

#include <math.h>
#include <string.h>

#include "ck_dispatch.h"
#include "ck_parallel.h"

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
