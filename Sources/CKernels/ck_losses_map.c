#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  const float *factors;
  float scale;
  float *gradient;
  double *partials;
} map_loss;

enum kind { LINEAR, SQUARED, CLASS_SQUARED };

CK_INLINE void map_block(const map_loss *job, int unit, enum kind kind) {
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  const float *hit = job->factors + (long)block.n * 2 * l.c, *miss = hit + l.c;
  double lanes[CK_TILE] = {0};
  // p: probabilities; q: ∂loss/∂p.
  float p[CK_MAX_CLASSES][CK_TILE], q[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
    ck_tile_softmax(l.c, p);

    float loss[CK_TILE] = {0}, mean[CK_TILE] = {0};
    for (int c = 0; c < l.c; c++) {
      float factor[CK_TILE] = {0};
      if (kind == CLASS_SQUARED) {
        for (int t = 0; t < CK_TILE; t++) factor[t] = tile.label[t] == c ? hit[c] : miss[c];
      } else {
        const float *from = job->factors + ((long)block.n * l.c + c) * ck_area(l) + pixel;
        memcpy(factor, from, sizeof factor[0] * (size_t)count);
      }
      for (int t = 0; t < CK_TILE; t++) {
        float f = tile.valid[t] ? factor[t] : 0.0f;
        float error = p[c][t] - (tile.label[t] == c ? 1.0f : 0.0f);
        loss[t] += kind == LINEAR ? f * p[c][t] : f * (error * error);
        q[c][t] = kind == LINEAR ? f : 2.0f * f * error;
        mean[t] += p[c][t] * q[c][t];
      }
    }
    for (int t = 0; t < CK_TILE; t++) lanes[t] += (double)loss[t];
    if (!job->gradient) continue;

    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) p[c][t] *= job->scale * (q[c][t] - mean[t]);
    ck_tile_add(l, job->gradient, block.n, pixel, count, p);
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += lanes[t];
  job->partials[unit] = total;
}

CK_KERNEL static void linear_block(void *job, int unit) { map_block(job, unit, LINEAR); }
CK_KERNEL static void squared_block(void *job, int unit) { map_block(job, unit, SQUARED); }
CK_KERNEL static void class_block(void *job, int unit) { map_block(job, unit, CLASS_SQUARED); }

static double map_sum(map_loss job, ck_body body, int threads) {
  return ck_sum_of_blocks(job.layout, body, &job, job.partials, threads);
}

double ck_map_linear(ck_layout l, const float *logits, const ck_label *labels, const float *map,
                     float gradient_scale, float *gradient, double *partials, int threads) {
  map_loss job = {l, logits, labels, map, gradient_scale, gradient, partials};
  return map_sum(job, linear_block, threads);
}

double ck_map_squared(ck_layout l, const float *logits, const ck_label *labels, const float *map,
                      float gradient_scale, float *gradient, double *partials, int threads) {
  map_loss job = {l, logits, labels, map, gradient_scale, gradient, partials};
  return map_sum(job, squared_block, threads);
}

double ck_class_squared(ck_layout l, const float *logits, const ck_label *labels,
                        const float *factors, float gradient_scale, float *gradient,
                        double *partials, int threads) {
  map_loss job = {l, logits, labels, factors, gradient_scale, gradient, partials};
  return map_sum(job, class_block, threads);
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  int squared;
  float *errors;
} softmax_errors;

CK_KERNEL static void errors_block(void *context, int unit) {
  const softmax_errors *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float p[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
    ck_tile_softmax(l.c, p);
    for (int c = 0; c < l.c; c++) {
      for (int t = 0; t < CK_TILE; t++) {
        float error = tile.label[t] == c ? 1.0f - p[c][t] : p[c][t];
        error = job->squared ? error * error : error;
        p[c][t] = tile.valid[t] ? error : 0.0f;
      }
      memcpy(job->errors + ((long)block.n * l.c + c) * ck_area(l) + pixel, p[c],
             sizeof p[c][0] * (size_t)count);
    }
  }
}

void ck_softmax_errors(ck_layout l, const float *logits, const ck_label *labels, int squared,
                       float *errors, int threads) {
  softmax_errors job = {l, logits, labels, squared, errors};
  ck_parallel(threads, ck_pixel_blocks(l), errors_block, &job);
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  ck_label *predictions;
} confident;

CK_KERNEL static void confident_block(void *context, int unit) {
  const confident *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float p[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
    ck_tile_softmax(l.c, p);
    int class[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) class[t] = CK_IGNORED;
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++)
        class[t] = tile.valid[t] && p[c][t] > 0.5f ? c : class[t];
    ck_label *to = job->predictions + block.n * ck_area(l) + pixel;
    for (int t = 0; t < count; t++) to[t] = (ck_label)class[t];
  }
}

void ck_confident_labels(ck_layout l, const float *logits, const ck_label *labels,
                         ck_label *predictions, int threads) {
  confident job = {l, logits, labels, predictions};
  ck_parallel(threads, ck_pixel_blocks(l), confident_block, &job);
}

typedef struct {
  ck_layout layout;
  const ck_label *labels;
  const float *map;
  float scale;
  float *gradient;
} map_add;

CK_KERNEL static void add_block(void *context, int unit) {
  const map_add *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float g[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_read_labels(job->labels + block.n * ck_area(l) + pixel, count);
    for (int c = 0; c < l.c; c++) {
      float slope[CK_TILE] = {0};
      memcpy(slope, job->map + ((long)block.n * l.c + c) * ck_area(l) + pixel,
             sizeof slope[0] * (size_t)count);
      for (int t = 0; t < CK_TILE; t++) g[c][t] = tile.valid[t] ? job->scale * slope[t] : 0.0f;
    }
    ck_tile_add(l, job->gradient, block.n, pixel, count, g);
  }
}

void ck_map_add(ck_layout l, const ck_label *labels, const float *map, float scale,
                float *gradient, int threads) {
  map_add job = {l, labels, map, scale, gradient};
  ck_parallel(threads, ck_pixel_blocks(l), add_block, &job);
}
