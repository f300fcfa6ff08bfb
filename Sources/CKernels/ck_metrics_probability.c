#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_metrics.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// MARK: - Of each pixel

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  float *confidences, *losses;
} probabilities;

CK_KERNEL static void probability_block(void *context, int unit) {
  const probabilities *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  const float most = 34.538776f;  // -ln 1e-15
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    long place = block.n * ck_area(l) + pixel;
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);
    float own[CK_TILE], max[CK_TILE], sum[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) own[t] = z[0][t];
    for (int c = 1; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) own[t] = tile.label[t] == c ? z[c][t] : own[t];
    ck_tile_exponentials(l.c, z, max, sum);
    float confidence[CK_TILE], loss[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      confidence[t] = 1.0f / sum[t];
      loss[t] = ck_log(sum[t]) - (own[t] - max[t]);
      loss[t] = loss[t] > most ? most : loss[t];
    }
    memcpy(job->confidences + place, confidence, sizeof(float) * (size_t)count);
    memcpy(job->losses + place, loss, sizeof(float) * (size_t)count);
  }
}

void ck_pixel_probabilities(ck_layout l, const float *logits, const ck_label *labels,
                            float *confidences, float *losses, int threads) {
  probabilities job = {l, logits, labels, confidences, losses};
  ck_parallel(threads, ck_pixel_blocks(l), probability_block, &job);
}

long ck_calibration(const float *confidences, const ck_label *labels, const ck_label *predictions,
                    long count, int bins, uint64_t *counts, uint64_t *hits, uint64_t *sums) {
  long strays = 0;
  for (long i = 0; i < count; i++) {
    if (labels[i] == CK_IGNORED) continue;
    double confidence = (double)confidences[i];
    if (!(confidence >= 0 && confidence <= 1)) {
      strays++;
      continue;
    }
    int bin = (int)ceil(confidence * bins) - 1;
    if (bin < 0) bin = 0;
    counts[bin]++;
    hits[bin] += labels[i] == predictions[i];
    sums[bin] += (uint64_t)(confidence * (1 << 30) + 0.5);
  }
  return strays;
}

// MARK: - Histograms

typedef struct {
  ck_layout layout;
  int images, bins, shares;
  const float *logits;
  const ck_label *labels;
  uint64_t *counts;  // [shares, K, 2, bins]
} histograms;

static long histogram_size(const histograms *job) { return 2l * job->layout.c * job->bins; }

// A thread's histograms are of every so many'th image. The pixels with a logit that is not a number
// are those that no class has a probability of.
CK_KERNEL static void histogram_share(void *context, int unit) {
  const histograms *job = context;
  ck_layout l = job->layout;
  long area = ck_area(l);
  uint64_t *counts = job->counts + unit * histogram_size(job);
  float p[CK_MAX_CLASSES][CK_TILE];
  for (int n = unit; n < job->images; n += job->shares)
    for (long pixel = 0; pixel < area; pixel += CK_TILE) {
      int count = area - pixel < CK_TILE ? (int)(area - pixel) : CK_TILE;
      ck_tile_labels tile = ck_tile_read_labels(job->labels + n * area + pixel, count);
      ck_tile_read(l, job->logits, n, pixel, count, p);
      ck_tile_mask(&tile, l.c, p);
      ck_tile_softmax(l.c, p);
      for (int c = 0; c < l.c; c++)
        for (int t = 0; t < count; t++) {
          if (!tile.valid[t] || !(p[c][t] >= 0.0f)) continue;
          int bin = (int)(p[c][t] * (float)job->bins);
          if (bin >= job->bins) bin = job->bins - 1;
          counts[(2l * c + (tile.label[t] == c)) * job->bins + bin]++;
        }
    }
}

long ck_probability_histograms(ck_layout l, int images, const float *logits,
                               const ck_label *labels, int bins, uint64_t *counts,
                               uint64_t *scratch, int threads) {
  histograms job = {l, images, bins, threads, logits, labels, scratch};
  long size = histogram_size(&job);
  memset(scratch, 0, sizeof(uint64_t) * (size_t)(size * threads));
  ck_parallel(threads, threads, histogram_share, &job);
  long counted = 0, valid = 0;
  for (int share = 0; share < threads; share++)
    for (long i = 0; i < size; i++) {
      counts[i] += scratch[share * size + i];
      if (i < 2l * bins) counted += (long)scratch[share * size + i];
    }
  for (long i = 0; i < images * ck_area(l); i++) valid += labels[i] != CK_IGNORED;
  return valid - counted;
}
