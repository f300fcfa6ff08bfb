#include <string.h>

#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_math.h"
#include "ck_parallel.h"

// Planes have a frame of pixels that take no part, as ignored pixels do. Values are 0…1; what takes no
// part is 2, which no minimum chooses, and counts as −1 where the greatest is looked for.
static const float absent = 2.0f;

typedef struct {
  int classes;
  const uint8_t *used;
  int h, w, levels;
  const float *coefficients;
  float *p;
  const ck_label *labels;
  double *sums;
  float *scratch;
  int planes, shares;
} skeletons;

// What a thread works in: [levels + 2] erosions e, [levels + 1] skeletons so far, and three planes of
// slopes.
typedef struct {
  int h, w, levels;
  long row, framed;
  float *eroded, *skeleton, *slope, *other, *open;
} work;

static long framed_area(int h, int w) { return (long)(h + 2) * (w + 2); }

long ck_soft_skeleton_scratch(int h, int w, int levels) {
  return (2L * levels + 6) * framed_area(h, w);
}

static work make_work(int h, int w, int levels, float *scratch) {
  long framed = framed_area(h, w);
  float *skeleton = scratch + (levels + 2) * framed, *slope = skeleton + (levels + 1) * framed;
  work space = {h,        w,     levels,         w + 2,             framed, scratch,
                skeleton, slope, slope + framed, slope + 2 * framed};
  return space;
}

CK_INLINE float least(float a, float b) { return b < a ? b : a; }
CK_INLINE float greatest(float a, float b) { return b > a ? b : a; }

CK_KERNEL static void erode(const float *restrict from, float *restrict to, int h, int w) {
  long row = w + 2;
  for (int y = 1; y <= h; y++) {
    const float *e = from + y * row;
    float *out = to + y * row;
    for (int x = 1; x <= w; x++) {
      float value = least(least(e[x], least(e[x - 1], e[x + 1])), least(e[x - row], e[x + row]));
      out[x] = e[x] == absent ? absent : value;
    }
  }
}

// The greatest of three rows, then of three columns.
CK_KERNEL static void dilate(const float *restrict from, float *restrict columns,
                             float *restrict to, int h, int w) {
  long row = w + 2;
  for (int y = 1; y <= h; y++) {
    for (int x = 0; x < row; x++) {
      const float *e = from + y * row + x;
      float up = e[-row] == absent ? -1.0f : e[-row], down = e[row] == absent ? -1.0f : e[row];
      columns[x] = greatest(greatest(up, e[0] == absent ? -1.0f : e[0]), down);
    }
    float *out = to + y * row;
    for (int x = 1; x <= w; x++)
      out[x] = greatest(greatest(columns[x - 1], columns[x]), columns[x + 1]);
  }
}

// skeleton = before + δ (1 − before) with δ = max(0, e − open); `before` is NULL at the first level.
CK_KERNEL static void add_level(const float *restrict e, const float *restrict open,
                                const float *restrict before, float *restrict skeleton, int h,
                                int w) {
  long row = w + 2;
  for (int y = 1; y <= h; y++)
    for (int x = 1; x <= w; x++) {
      long i = y * row + x;
      float delta = e[i] - open[i];
      delta = delta > 0.0f && e[i] != absent ? delta : 0.0f;
      float old = before ? before[i] : 0.0f;
      skeleton[i] = old + delta * (1.0f - old);
    }
}

// Takes e_0 in a frame; the skeleton is that of the last level.
static const float *skeletonize(const work *at) {
  for (int j = 0; j <= at->levels; j++) {
    float *e = at->eroded + j * at->framed, *next = e + at->framed;
    float *skeleton = at->skeleton + j * at->framed;
    for (long i = 0; i < at->framed; i++) next[i] = absent;
    erode(e, next, at->h, at->w);
    dilate(next, at->other, at->open, at->h, at->w);
    add_level(e, at->open, j > 0 ? skeleton - at->framed : NULL, skeleton, at->h, at->w);
  }
  return at->skeleton + at->levels * at->framed;
}

static void frame_probabilities(const work *at, const float *p, const ck_label *labels) {
  for (long i = 0; i < at->framed; i++) at->eroded[i] = absent;
  for (int y = 0; y < at->h; y++) {
    float *e = at->eroded + (y + 1) * at->row + 1;
    for (int x = 0; x < at->w; x++) {
      long i = (long)y * at->w + x;
      if (labels[i] != CK_IGNORED) e[x] = p[i];
    }
  }
}

static void frame_truth(const work *at, const ck_label *labels, int class) {
  for (long i = 0; i < at->framed; i++) at->eroded[i] = absent;
  for (int y = 0; y < at->h; y++) {
    float *e = at->eroded + (y + 1) * at->row + 1;
    for (int x = 0; x < at->w; x++) {
      ck_label label = labels[(long)y * at->w + x];
      if (label != CK_IGNORED) e[x] = label == class ? 1.0f : 0.0f;
    }
  }
}

// overlap = Σ skeleton · other, total = Σ skeleton over valid pixels, rows in their order. `other` is p, or,
// where that is NULL, whether the label is that of the class.
CK_KERNEL static void sum_plane(const work *at, const float *skeleton, const ck_label *labels,
                                int class, const float *p, double *overlap, double *total) {
  enum { LANES = 16 };
  double overlaps[LANES] = {0}, totals[LANES] = {0};
  for (int y = 0; y < at->h; y++) {
    const float *s = skeleton + (y + 1) * at->row + 1;
    long start = (long)y * at->w;
    for (int x = 0; x < at->w; x++) {
      ck_label label = labels[start + x];
      if (label == CK_IGNORED) continue;
      double other = p ? (double)p[start + x] : label == class;
      overlaps[x % LANES] += (double)s[x] * other;
      totals[x % LANES] += (double)s[x];
    }
  }
  *overlap = *total = 0;
  for (int lane = 0; lane < LANES; lane++) {
    *overlap += overlaps[lane];
    *total += totals[lane];
  }
}

// Comparisons lose what is not a number, so it is looked for.
static double nan_among(const float *p, const ck_label *labels, long area) {
  double sum = 0;
  for (long i = 0; i < area; i++)
    if (labels[i] != CK_IGNORED) sum += 0.0 * (double)p[i];
  return sum;
}

static work work_of(const skeletons *job, int unit) {
  long floats = ck_soft_skeleton_scratch(job->h, job->w, job->levels);
  return make_work(job->h, job->w, job->levels, job->scratch + unit * floats);
}

static void sums_share(void *context, int unit) {
  const skeletons *job = context;
  long area = (long)job->h * job->w;
  work at = work_of(job, unit);
  for (int i = unit; i < job->planes; i += job->shares) {
    double *sums = job->sums + 4 * i;
    memset(sums, 0, sizeof *sums * 4);
    int class = i % job->classes;
    if (!job->used[class]) continue;
    const float *p = job->p + i * area;
    const ck_label *labels = job->labels + i / job->classes * area;
    frame_probabilities(&at, p, labels);
    sum_plane(&at, skeletonize(&at), labels, class, NULL, sums, sums + 1);
    frame_truth(&at, labels, class);
    sum_plane(&at, skeletonize(&at), labels, class, p, sums + 2, sums + 3);
    sums[0] += nan_among(p, labels, area);
  }
}

void ck_soft_skeleton_sums(int n, int classes, const uint8_t *used, int h, int w, int levels,
                           const float *p, const ck_label *labels, double *sums, float *scratch,
                           int threads) {
  skeletons job = {classes, used,    h,           w,      levels, NULL, (float *)p, labels, sums,
                   scratch, n * classes, threads};
  ck_parallel(threads, threads, sums_share, &job);
}

// Adds to `to` at the pixel that o was taken from: the first of the greatest of the square.
static void pass_to_greatest(const work *at, const float *e, const float *slope, float *to) {
  for (int y = 1; y <= at->h; y++)
    for (int x = 1; x <= at->w; x++) {
      long i = y * at->row + x;
      if (slope[i] == 0.0f) continue;
      long best = -1;
      for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
          long near = i + dy * at->row + dx;
          if (e[near] != absent && (best < 0 || e[near] > e[best])) best = near;
        }
      if (best >= 0) to[best] += slope[i];
    }
}

CK_INLINE long first_least(const float *e, long before, long here, long after) {
  long best = e[here] < e[before] ? here : before;
  return e[after] < e[best] ? after : best;
}

// Adds to `to` at the pixels that the eroded values were taken from.
static void pass_to_least(const work *at, const float *e, const float *slope, float *to) {
  for (int y = 1; y <= at->h; y++)
    for (int x = 1; x <= at->w; x++) {
      long i = y * at->row + x;
      if (slope[i] == 0.0f || e[i] == absent) continue;
      long column = first_least(e, i - at->row, i, i + at->row), line = first_least(e, i - 1, i, i + 1);
      if (e[column] < e[line]) {
        to[column] += slope[i];
      } else if (e[line] < e[column]) {
        to[line] += slope[i];
      } else {
        to[column] += 0.5f * slope[i];
        to[line] += 0.5f * slope[i];
      }
    }
}

// From the slope by the skeleton of the last level to that by e_0. On the way down the levels `slope` is that
// by the skeleton so far, and `carried` that by e_{j+1}.
static const float *pass_back(const work *at) {
  float *slope = at->slope, *carried = at->other;
  size_t bytes = sizeof(float) * (size_t)at->framed;
  memset(carried, 0, bytes);
  for (int j = at->levels; j >= 0; j--) {
    float *e = at->eroded + j * at->framed, *next = e + at->framed;
    const float *before = j > 0 ? at->skeleton + (j - 1) * at->framed : NULL;
    float *by_open = at->open, *by_e = at->skeleton + at->levels * at->framed;  // which has served
    dilate(next, by_e, by_open, at->h, at->w);
    memset(by_e, 0, bytes);
    for (int y = 1; y <= at->h; y++)
      for (int x = 1; x <= at->w; x++) {
        long i = y * at->row + x;
        float delta = e[i] - by_open[i];
        int counts = delta > 0.0f && e[i] != absent;
        float old = before ? before[i] : 0.0f;
        float by_delta = counts ? slope[i] * (1.0f - old) : 0.0f;
        if (counts) slope[i] *= 1.0f - delta;
        by_e[i] = by_delta;
        by_open[i] = -by_delta;
      }
    pass_to_greatest(at, next, by_open, carried);
    pass_to_least(at, e, carried, by_e);
    memcpy(carried, by_e, bytes);
  }
  return carried;
}

static void slopes_plane(const skeletons *job, const work *at, int plane) {
  int class = plane % job->classes;
  const float *factors = job->coefficients + 3 * plane;
  long area = (long)job->h * job->w;
  const ck_label *labels = job->labels + plane / job->classes * area;
  float *p = job->p + plane * area;

  frame_probabilities(at, p, labels);
  skeletonize(at);
  memset(at->slope, 0, sizeof(float) * (size_t)at->framed);
  for (int y = 0; y < at->h; y++)
    for (int x = 0; x < at->w; x++) {
      ck_label label = labels[(long)y * at->w + x];
      if (label == CK_IGNORED) continue;
      at->slope[(y + 1) * at->row + x + 1] = factors[1] + (label == class ? factors[0] : 0.0f);
    }
  const float *slope = pass_back(at);
  for (int y = 0; y < at->h; y++)
    memcpy(p + (long)y * at->w, slope + (y + 1) * at->row + 1, sizeof(float) * (size_t)at->w);

  frame_truth(at, labels, class);
  const float *truth = skeletonize(at);
  for (int y = 0; y < at->h; y++)
    for (int x = 0; x < at->w; x++)
      p[(long)y * at->w + x] += factors[2] * truth[(y + 1) * at->row + x + 1];
}

static void slopes_share(void *context, int unit) {
  const skeletons *job = context;
  long area = (long)job->h * job->w;
  work at = work_of(job, unit);
  for (int i = unit; i < job->planes; i += job->shares) {
    if (job->used[i % job->classes])
      slopes_plane(job, &at, i);
    else
      memset(job->p + i * area, 0, sizeof(float) * (size_t)area);
  }
}

void ck_soft_skeleton_slopes(int n, int classes, const uint8_t *used, int h, int w, int levels,
                             const float *coefficients, float *p, const ck_label *labels,
                             float *scratch, int threads) {
  skeletons job = {classes, used,    h,           w,      levels, coefficients, p, labels, NULL,
                   scratch, n * classes, threads};
  ck_parallel(threads, threads, slopes_share, &job);
}
