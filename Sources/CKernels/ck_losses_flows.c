#include "ck_dispatch.h"
#include "ck_flows.h"
#include "ck_object_losses.h"

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
