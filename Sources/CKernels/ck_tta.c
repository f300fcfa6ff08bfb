#include "ck_tta.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

#include "ck_dispatch.h"
#include "ck_parallel.h"
#include "ck_sigmoid.h"
#include "ck_taps.h"
#include "ck_tile.h"

// MARK: Symmetries

// Where the pixels of a transformed image lie in a plane of the image: (y, x) at origin + y · down
// + x · right.
typedef struct {
  long origin, down, right;
} walk;

static walk walk_of(ck_symmetry s, int h, int w) {
  long row = s.reverses_rows ? -w : w, column = s.reverses_columns ? -1 : 1;
  long origin = (s.reverses_rows ? (long)(h - 1) * w : 0) + (s.reverses_columns ? w - 1 : 0);
  return s.transposes ? (walk){origin, column, row} : (walk){origin, row, column};
}

typedef struct {
  const float *images;
  float *transformed;
  int h, w;
  walk walk;
} transformation;

CK_KERNEL static void transform_plane(void *context, int plane) {
  const transformation *job = context;
  long area = (long)job->h * job->w, right = job->walk.right;
  float *to = job->transformed + plane * area;
  const float *from = job->images + plane * area + job->walk.origin;
  for (int y = 0; y < job->h; y++, to += job->w, from += job->walk.down) {
    if (right == 1)
      memcpy(to, from, sizeof(float) * (size_t)job->w);
    else if (right == -1)
      for (int x = 0; x < job->w; x++) to[x] = from[-x];
    else
      for (int x = 0; x < job->w; x++) to[x] = from[x * right];
  }
}

void ck_tta_transform(const float *images, int planes, int h, int w, ck_symmetry symmetry,
                      float *transformed, int threads) {
  transformation job = {images, transformed, h, w, walk_of(symmetry, h, w)};
  ck_parallel(threads, planes, transform_plane, &job);
}

// MARK: Sums

typedef struct {
  ck_layout layout;
  const float *logits;
  float *sums;
  int softmax, first;
  walk walk;
} sums;

CK_INLINE void add_lanes(float *to, long step, const float *values, int count, int first) {
  if (step == 1)
    for (int t = 0; t < count; t++) to[t] = first ? values[t] : to[t] + values[t];
  else if (step == -1)
    for (int t = 0; t < count; t++) to[-t] = first ? values[t] : to[-t] + values[t];
  else
    for (int t = 0; t < count; t++)
      to[t * step] = first ? values[t] : to[t * step] + values[t];
}

// One row of a transformed image: a row or a column of the image, so that no two units write the
// same.
CK_KERNEL static void add_row(void *context, int unit) {
  const sums *job = context;
  ck_layout l = job->layout;
  long area = ck_area(l), right = job->walk.right;
  int n = unit / l.h, y = unit % l.h;
  float *to = job->sums + n * l.c * area + job->walk.origin + y * job->walk.down;

  float z[CK_MAX_CLASSES][CK_TILE];
  if (l.w < CK_TILE) memset(z, 0, sizeof z[0] * (size_t)l.c);
  for (int x = 0; x < l.w; x += CK_TILE) {
    int count = l.w - x < CK_TILE ? l.w - x : CK_TILE;
    ck_tile_read(l, job->logits, n, (long)y * l.w + x, count, z);
    if (job->softmax) ck_tile_softmax(l.c, z);
    for (int c = 0; c < l.c; c++)
      add_lanes(to + c * area + x * right, right, z[c], count, job->first);
  }
}

void ck_tta_add(ck_layout l, const float *logits, ck_symmetry symmetry, int softmax, int first,
                float *values, int threads) {
  sums job = {l, logits, values, softmax, first, walk_of(symmetry, l.h, l.w)};
  ck_parallel(threads, l.n * l.h, add_row, &job);
}

enum { MEAN_BLOCK = 16384 };

typedef struct {
  float *values;
  long count;
  float factor;
  int logarithm;
} means;

CK_KERNEL static void mean_block(void *context, int unit) {
  const means *job = context;
  long first = (long)unit * MEAN_BLOCK, end = first + MEAN_BLOCK;
  if (end > job->count) end = job->count;
  float *values = job->values, factor = job->factor;
  if (job->logarithm)
    for (long i = first; i < end; i++) {
      float p = values[i] * factor;
      values[i] = ck_log(p < FLT_MIN ? FLT_MIN : p);
    }
  else
    for (long i = first; i < end; i++) values[i] *= factor;
}

void ck_tta_mean(float *values, long count, float factor, int logarithm, int threads) {
  means job = {values, count, factor, logarithm};
  ck_parallel(threads, (int)((count + MEAN_BLOCK - 1) / MEAN_BLOCK), mean_block, &job);
}

// MARK: Patches

typedef struct {
  ck_layout layout;
  const float *logits, *weights;
  float *sums;
  long image_w, image_area;
  int n, softmax, columns;
} patch_sums;

CK_KERNEL static void patch_row(void *context, int y) {
  const patch_sums *job = context;
  ck_layout l = job->layout;
  const float *weights = job->weights + (long)y * l.w;
  float *to = job->sums + y * job->image_w;

  float z[CK_MAX_CLASSES][CK_TILE];
  if (job->columns < CK_TILE) memset(z, 0, sizeof z[0] * (size_t)l.c);
  for (int x = 0; x < job->columns; x += CK_TILE) {
    int count = job->columns - x < CK_TILE ? job->columns - x : CK_TILE;
    ck_tile_read(l, job->logits, job->n, (long)y * l.w + x, count, z);
    if (job->softmax) ck_tile_softmax(l.c, z);
    for (int c = 0; c < l.c; c++) {
      float *plane = to + c * job->image_area + x;
      for (int t = 0; t < count; t++) plane[t] += weights[x + t] * z[c][t];
    }
  }
}

void ck_patch_add(ck_layout l, const float *logits, int n, int softmax, const float *weights, int rows,
                  int columns, float *sums, long image_w, long image_area, int threads) {
  patch_sums job = {l, logits, weights, sums, image_w, image_area, n, softmax, columns};
  ck_parallel(threads, rows, patch_row, &job);
}

void ck_patch_add_weights(const float *weights, int w, int rows, int columns, float *totals,
                          long image_w) {
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) totals[y * image_w + x] += weights[(long)y * w + x];
}

typedef struct {
  float *sums;
  const float *totals;
  long area;
  int blocks, logarithm;
} patch_means;

CK_KERNEL static void patch_mean_block(void *context, int unit) {
  const patch_means *job = context;
  long first = (long)(unit % job->blocks) * MEAN_BLOCK, end = first + MEAN_BLOCK;
  if (end > job->area) end = job->area;
  float *values = job->sums + unit / job->blocks * job->area;
  if (job->logarithm)
    for (long i = first; i < end; i++) {
      float p = values[i] / job->totals[i];
      values[i] = ck_log(p < FLT_MIN ? FLT_MIN : p);
    }
  else
    for (long i = first; i < end; i++) values[i] /= job->totals[i];
}

void ck_patch_mean(float *sums, int planes, const float *totals, long area, int logarithm, int threads) {
  int blocks = (int)((area + MEAN_BLOCK - 1) / MEAN_BLOCK);
  patch_means job = {sums, totals, area, blocks, logarithm};
  ck_parallel(threads, planes * blocks, patch_mean_block, &job);
}

// MARK: Scales

typedef struct {
  const float *source;
  float *target, *rows_of_source;  // rows_of_source: [shares, w]
  int planes, h, w, target_w, first, shares;
  int first_row, rows;  // Of the target, which holds these alone.
  axis_taps down, right;
} resizing;

// A thread's planes are every so many'th. Each target row is mixed of source rows first, which is
// the larger part of the work and goes along contiguous values.
CK_KERNEL static void resize_share(void *context, int share) {
  const resizing *job = context;
  int w = job->w, target_w = job->target_w;
  float *row = job->rows_of_source + (long)share * w;
  for (int plane = share; plane < job->planes; plane += job->shares)
    for (int row_of_target = 0; row_of_target < job->rows; row_of_target++) {
      int y = job->first_row + row_of_target;
      const float *weights = job->down.weights + (long)y * job->down.most;
      const float *from = job->source + ((long)plane * job->h + job->down.first[y]) * w;
      for (int x = 0; x < w; x++) row[x] = weights[0] * from[x];
      for (int k = 1; k < job->down.count[y]; k++)
        for (int x = 0; x < w; x++) row[x] += weights[k] * from[(long)k * w + x];

      float *to = job->target + ((long)plane * job->rows + row_of_target) * target_w;
      for (int x = 0; x < target_w; x++) {
        const float *mix = job->right.weights + (long)x * job->right.most;
        const float *values = row + job->right.first[x];
        float sum = 0;
        for (int k = 0; k < job->right.count[x]; k++) sum += mix[k] * values[k];
        to[x] = job->first ? sum : to[x] + sum;
      }
    }
}

long ck_resize_planes_scratch(int h, int w, int target_h, int target_w, int threads) {
  return tap_words(h, target_h, 1) + tap_words(w, target_w, 1) + (long)threads * w;
}

static void resize_rows(const float *source, int planes, int h, int w, float *target, int target_h,
                        int target_w, int first_row, int rows, int first, float *scratch,
                        int threads) {
  float *right = scratch + tap_words(h, target_h, 1);
  resizing job = {.source = source,
                  .target = target,
                  .rows_of_source = right + tap_words(w, target_w, 1),
                  .planes = planes,
                  .h = h,
                  .w = w,
                  .target_w = target_w,
                  .first = first,
                  .shares = threads,
                  .first_row = first_row,
                  .rows = rows,
                  .down = make_taps(scratch, h, h, target_h, 1),
                  .right = make_taps(right, w, w, target_w, 1)};
  ck_parallel(threads, threads, resize_share, &job);
}

void ck_resize_planes(const float *source, int planes, int h, int w, float *target, int target_h,
                      int target_w, int first, float *scratch, int threads) {
  resize_rows(source, planes, h, w, target, target_h, target_w, 0, target_h, first, scratch, threads);
}

void ck_resize_rows(const float *source, int planes, int h, int w, float *target, int target_h,
                    int target_w, int first_row, int rows, float *scratch, int threads) {
  resize_rows(source, planes, h, w, target, target_h, target_w, first_row, rows, 1, scratch, threads);
}

// MARK: Probabilities

CK_KERNEL static void probabilities(const float *logits, int single, long count, float *to) {
  if (single)
    for (long i = 0; i < count; i++) to[i] = ck_sigmoid_of(logits[i]);
  else
    for (long i = 0; i < count; i++) to[i] = ck_exp(logits[i]);
}

void ck_probabilities(const float *logits, int single, long count, float *to) {
  probabilities(logits, single, count, to);
}
