#include "ck_star.h"

#include <math.h>

#include "ck_dispatch.h"
#include "ck_object_losses.h"
#include "ck_parallel.h"

void ck_star_probabilities(const ck_label *ids, const int32_t *squared, int n, long area,
                           int32_t *greatest, float *probabilities) {
  for (int image = 0; image < n; image++) {
    memset(greatest, 0, sizeof *greatest * 65536);
    for (long i = 0; i < area; i++)
      if (squared[i] > greatest[ids[i]]) greatest[ids[i]] = squared[i];
    for (long i = 0; i < area; i++) {
      int is_object = ids[i] != 0 && ids[i] != CK_IGNORED;
      float most = (float)greatest[ids[i]];
      probabilities[i] = !is_object ? 0.0f : most > 0 ? sqrtf((float)squared[i] / most) : 1.0f;
    }
    ids += area;
    squared += area;
    probabilities += area;
  }
}

typedef struct {
  const ck_label *ids;
  int h, w, rays;
  const float *directions;
  float *distances;
} star_distances;

static inline int nearest(float x) { return (int)floorf(x + 0.5f); }

static float reach(const star_distances *job, const ck_label *image, int row, int column,
                   float down, float right) {
  ck_label id = image[(long)row * job->w + column];
  float y = 0, x = 0;
  for (;;) {
    y += down;
    x += right;
    int r = nearest((float)row + y), c = nearest((float)column + x);
    int is_inside = r >= 0 && r < job->h && c >= 0 && c < job->w;
    if (is_inside && image[(long)r * job->w + c] == id) continue;
    float along = fabsf(down) > fabsf(right) ? fabsf(down) : fabsf(right);
    float back = 1.0f - 0.5f / along;
    y -= back * down;
    x -= back * right;
    return sqrtf(y * y + x * x);
  }
}

static void distances_of_row(void *context, int unit) {
  const star_distances *job = context;
  long area = (long)job->h * job->w;
  int n = unit / job->h, row = unit % job->h;
  const ck_label *image = job->ids + n * area;
  float *first = job->distances + n * job->rays * area + (long)row * job->w;
  for (int column = 0; column < job->w; column++) {
    ck_label id = image[(long)row * job->w + column];
    for (int k = 0; k < job->rays; k++)
      first[k * area + column] =
          id == 0 || id == CK_IGNORED
              ? 0.0f
              : reach(job, image, row, column, job->directions[2 * k], job->directions[2 * k + 1]);
  }
}

void ck_star_distances(const ck_label *ids, int n, int h, int w, const float *directions, int rays,
                       float *distances, int threads) {
  star_distances job = {ids, h, w, rays, directions, distances};
  ck_parallel(threads, n * h, distances_of_row, &job);
}

// MARK: - Loss

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *ids;
  const float *probabilities, *distances;
  float probability_scale, distance_scale;
  float *gradient;
  double *partials;
} star_loss;

CK_KERNEL static void star_block(void *context, int unit) {
  const star_loss *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);
  long area = ck_area(l);

  double of_probability[CK_TILE] = {0}, of_distances[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->ids, block, pixel, z);
    float q[CK_TILE] = {0}, loss[CK_TILE];
    memcpy(q, job->probabilities + block.n * area + pixel, sizeof *q * (size_t)count);
    for (int t = 0; t < CK_TILE; t++) q[t] = tile.valid[t] ? q[t] : 0.0f;

    ck_tile_binary(tile.valid, q, job->probability_scale, z[0], loss);
    for (int t = 0; t < CK_TILE; t++) of_probability[t] += (double)loss[t];
    for (int c = 1; c < l.c; c++) {
      float d[CK_TILE] = {0};
      memcpy(d, job->distances + ((long)block.n * (l.c - 1) + c - 1) * area + pixel,
             sizeof *d * (size_t)count);
      for (int t = 0; t < CK_TILE; t++) {
        float error = z[c][t] - d[t];
        of_distances[t] += (double)(tile.valid[t] ? q[t] * fabsf(error) : 0.0f);
        float sign = error > 0 ? 1.0f : error < 0 ? -1.0f : 0.0f;
        z[c][t] = job->distance_scale * q[t] * sign;
      }
    }
    if (job->gradient) ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double sums[2] = {0};
  for (int t = 0; t < CK_TILE; t++) sums[0] += of_probability[t], sums[1] += of_distances[t];
  job->partials[2 * unit] = sums[0];
  job->partials[2 * unit + 1] = sums[1];
}

void ck_star_loss(ck_layout l, const float *logits, const ck_label *ids, const float *probabilities,
                  const float *distances, const float scales[2], float *gradient, double *partials,
                  double sums[2], int threads) {
  star_loss job = {l,         logits,    ids,      probabilities, distances,
                   scales[0], scales[1], gradient, partials};
  ck_sum_pairs_of_blocks(l, star_block, &job, partials, sums, threads);
}

// MARK: - Polygons

// The distance that a ray counts as; NaN is none.
static inline float limited(float distance, int h, int w) {
  float d = distance > 1e-3f ? distance : 1e-3f, most = (float)(h + w);
  return d < most ? d : most;
}

ck_star_box ck_star_find_box(int row, int column, const float *distances, const float *directions,
                             int rays, int h, int w) {
  float top = (float)row, bottom = top, left = (float)column, right = left;
  for (int k = 0; k < rays; k++) {
    float d = limited(distances[k], h, w);
    float y = (float)row + d * directions[2 * k], x = (float)column + d * directions[2 * k + 1];
    top = y < top ? y : top;
    bottom = y > bottom ? y : bottom;
    left = x < left ? x : left;
    right = x > right ? x : right;
  }
  int first = top > 0 ? (int)ceilf(top) : 0, last = bottom < h - 1 ? (int)floorf(bottom) : h - 1;
  int word = left > 0 ? (int)left / 64 : 0;
  int last_word = (right < w - 1 ? (int)right : w - 1) / 64;
  return (ck_star_box){first, last - first + 1, word, last_word - word + 1};
}

// Sets the bits of columns first ... end - 1.
static long set_columns(uint64_t *row, ck_star_box box, int first, int end) {
  if (first >= end) return 0;
  for (int word = first / 64; word <= (end - 1) / 64; word++) {
    int from = first > 64 * word ? first - 64 * word : 0;
    int to = end < 64 * (word + 1) ? end - 64 * word : 64;
    uint64_t upper = to == 64 ? ~(uint64_t)0 : ((uint64_t)1 << to) - 1;
    row[word - box.word] |= upper & ~(((uint64_t)1 << from) - 1);
  }
  return end - first;
}

long ck_star_fill(int row, int column, const float *distances, const float *directions, int rays,
                  int h, int w, ck_star_box box, uint64_t *bits, float *crossings) {
  memset(bits, 0, sizeof *bits * (size_t)box.rows * (size_t)box.words);
  long pixels = 0;
  int end = 64 * (box.word + box.words) < w ? 64 * (box.word + box.words) : w;
  for (int i = 0; i < box.rows; i++) {
    float y = (float)(box.top + i);
    int count = 0;
    int last = rays - 1;
    float d = limited(distances[last], h, w);
    float y0 = (float)row + d * directions[2 * last];
    float x0 = (float)column + d * directions[2 * last + 1];
    for (int k = 0; k < rays; k++) {
      d = limited(distances[k], h, w);
      float y1 = (float)row + d * directions[2 * k];
      float x1 = (float)column + d * directions[2 * k + 1];
      if ((y0 < y) != (y1 < y)) {
        float x = x0 + (y - y0) / (y1 - y0) * (x1 - x0);
        int place = count++;
        for (; place > 0 && crossings[place - 1] > x; place--) crossings[place] = crossings[place - 1];
        crossings[place] = x;
      }
      y0 = y1;
      x0 = x1;
    }
    for (int k = 0; k + 1 < count; k += 2) {
      float from = floorf(crossings[k]) + 1, to = floorf(crossings[k + 1]) + 1;
      int first = from > (float)(64 * box.word) ? (int)from : 64 * box.word;
      int beyond = to < (float)end ? (int)to : end;
      pixels += set_columns(bits + (long)i * box.words, box, first, beyond);
    }
  }
  return pixels;
}

CK_KERNEL static long shared_bits(const uint64_t *bits, int stride, const uint64_t *others,
                                  int other_stride, int rows, int words) {
  long shared = 0;
  for (int y = 0; y < rows; y++)
    for (int i = 0; i < words; i++)
      shared += __builtin_popcountll(bits[(long)y * stride + i] & others[(long)y * other_stride + i]);
  return shared;
}

static inline int greater(int a, int b) { return a > b ? a : b; }
static inline int lesser(int a, int b) { return a < b ? a : b; }

long ck_star_shared(ck_star_box box, const uint64_t *bits, ck_star_box other_box,
                    const uint64_t *other_bits) {
  int top = greater(box.top, other_box.top), word = greater(box.word, other_box.word);
  int rows = lesser(box.top + box.rows, other_box.top + other_box.rows) - top;
  int words = lesser(box.word + box.words, other_box.word + other_box.words) - word;
  if (rows <= 0 || words <= 0) return 0;
  return shared_bits(
      bits + (long)(top - box.top) * box.words + word - box.word, box.words,
      other_bits + (long)(top - other_box.top) * other_box.words + word - other_box.word,
      other_box.words, rows, words);
}

void ck_star_paint(ck_star_box box, const uint64_t *bits, int w, int32_t number, int32_t *map) {
  for (int i = 0; i < box.rows; i++)
    for (int j = 0; j < box.words; j++)
      for (uint64_t word = bits[(long)i * box.words + j]; word; word &= word - 1) {
        long column = 64L * (box.word + j) + __builtin_ctzll(word);
        int32_t *pixel = map + (long)(box.top + i) * w + column;
        if (*pixel == 0) *pixel = number;
      }
}
