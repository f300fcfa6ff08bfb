#include "ck_metrics.h"

#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  ck_label *predictions;
} argmax;

CK_KERNEL static void argmax_block(void *context, int unit) {
  const argmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float z[CK_MAX_CLASSES][CK_TILE];
  memset(z, 0, sizeof z[0] * (size_t)l.c);
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_read(l, job->logits, block.n, pixel, count, z);
    float best[CK_TILE];
    int class[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) best[t] = z[0][t], class[t] = 0;
    for (int c = 1; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) {
        int higher = z[c][t] > best[t];
        best[t] = higher ? z[c][t] : best[t];
        class[t] = higher ? c : class[t];
      }
    ck_label *to = job->predictions + block.n * ck_area(l) + pixel;
    for (int t = 0; t < count; t++) to[t] = (ck_label)class[t];
  }
}

void ck_argmax(ck_layout l, const float *logits, ck_label *predictions, int threads) {
  argmax job = {l, logits, predictions};
  ck_parallel(threads, ck_pixel_blocks(l), argmax_block, &job);
}

CK_KERNEL static void positive_block(void *context, int unit) {
  const argmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_read(l, job->logits, block.n, pixel, count, z);
    for (int c = 0; c < l.c; c++) {
      ck_label *to = job->predictions + ((long)block.n * l.c + c) * ck_area(l) + pixel;
      for (int t = 0; t < count; t++) to[t] = z[c][t] > 0.0f;
    }
  }
}

void ck_positive_planes(ck_layout l, const float *logits, ck_label *predictions, int threads) {
  argmax job = {l, logits, predictions};
  ck_parallel(threads, ck_pixel_blocks(l), positive_block, &job);
}

CK_KERNEL int ck_binary_confusion(const ck_label *labels, const ck_label *predictions, long count,
                                  uint64_t *counts) {
  long valid = 0, truth = 0, prediction = 0, both = 0, strays = 0;
  for (long i = 0; i < count; i++) {
    int counts_here = labels[i] != CK_IGNORED;
    int is = labels[i] == 1, said = counts_here & predictions[i];
    valid += counts_here;
    truth += is;
    prediction += said;
    both += is & said;
    strays += counts_here & (labels[i] > 1);
  }
  if (strays > 0)
    for (long i = 0; i < count; i++)
      if (labels[i] != CK_IGNORED && labels[i] > 1) return labels[i];
  counts[0] += (uint64_t)(valid - truth - prediction + both);
  counts[1] += (uint64_t)(prediction - both);
  counts[2] += (uint64_t)(truth - both);
  counts[3] += (uint64_t)both;
  return -1;
}

int ck_confusion(const ck_label *labels, const ck_label *predictions, long count, int classes,
                 uint64_t *counts) {
  for (long i = 0; i < count; i++) {
    if (labels[i] == CK_IGNORED) continue;
    if (labels[i] >= classes) return labels[i];
    counts[(long)labels[i] * classes + predictions[i]]++;
  }
  return -1;
}

void ck_ignored_predictions(const ck_label *labels, const ck_label *predictions, long count,
                            uint64_t *counts) {
  for (long i = 0; i < count; i++)
    if (labels[i] == CK_IGNORED) counts[predictions[i]]++;
}

void ck_mask_ignored(const ck_label *values, const ck_label *labels, long count, ck_label *masked) {
  for (long i = 0; i < count; i++) masked[i] = labels[i] == CK_IGNORED ? CK_IGNORED : values[i];
}
