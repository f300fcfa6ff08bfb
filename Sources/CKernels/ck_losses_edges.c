#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  const ck_label *labels;
  int h, w, reach;
  ck_label *edges;
} edge_labels;

// found[x] becomes 1 where there[x + dx] is of another label.
CK_INLINE void compare(const ck_label *restrict here, const ck_label *restrict there, int w, int dx,
                       ck_label *restrict found) {
  int first = dx < 0 ? -dx : 0, end = dx > 0 ? w - dx : w;
  for (int x = first; x < end; x++)
    found[x] |= (here[x] != there[x + dx]) & (there[x + dx] != CK_IGNORED);
}

// One row: every offset of the disc is compared for the whole row at once.
CK_KERNEL static void edge_row(void *context, int unit) {
  const edge_labels *job = context;
  int y = unit % job->h, w = job->w;
  const ck_label *here = job->labels + (long)unit * w;
  ck_label *found = job->edges + (long)unit * w;
  memset(found, 0, sizeof found[0] * (size_t)w);
  int extent = 0;  // of the disc's row
  while ((extent + 1) * (extent + 1) <= job->reach) extent++;
  for (int dy = 0; dy * dy <= job->reach; dy++) {
    while (dy * dy + extent * extent > job->reach) extent--;
    for (int dx = -extent; dx <= extent; dx++) {
      if (y - dy >= 0) compare(here, here - (long)dy * w, w, dx, found);
      if (dy > 0 && y + dy < job->h) compare(here, here + (long)dy * w, w, dx, found);
    }
  }
  for (int x = 0; x < w; x++) found[x] = here[x] == CK_IGNORED ? CK_IGNORED : !found[x];
}

void ck_edge_labels(const ck_label *labels, int n, int h, int w, int reach, ck_label *edges,
                    int threads) {
  edge_labels job = {labels, h, w, reach, edges};
  ck_parallel(threads, n * h, edge_row, &job);
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  float threshold;
  ck_label *attended;
  double *partials;
} attention;

CK_KERNEL static void attention_block(void *context, int unit) {
  const attention *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float lanes[CK_TILE] = {0}, z[1][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);
    ck_label *to = job->attended + block.n * ck_area(l) + pixel;
    for (int t = 0; t < CK_TILE; t++) lanes[t] += z[0][t] - z[0][t];
    for (int t = 0; t < count; t++)
      to[t] = tile.valid[t] && z[0][t] > job->threshold ? (ck_label)tile.label[t] : CK_IGNORED;
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += (double)lanes[t];
  job->partials[unit] = total;
}

double ck_attended_labels(ck_layout l, const float *logits, const ck_label *labels, float threshold,
                          ck_label *attended, double *partials, int threads) {
  attention job = {l, logits, labels, threshold, attended, partials};
  return ck_sum_of_blocks(l, attention_block, &job, partials, threads);
}
