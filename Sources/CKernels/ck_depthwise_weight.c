#include "ck_depthwise.h"

#include "ck_depthwise_rows.h"

// A unit is one sample and block of channels: it sums up the gradient of the block's weights, row by row
// in single precision and over the rows in double. The partial sums of the samples are then added in
// their order.

#define LANES 16  // sums of a row that are kept apart in the plain layout

typedef struct {
  const ck_depthwise *by;
  ck_tensor input, doutput;
  float *partials;  // [n][block of channels][taps + 1][lane]; the last are the bias'
  float *dweight, *dbias;
} pass;

// sums[lane] += the sum over `count` pixels of a · b.
CK_INLINE void add_row(const void *a, long a_first, long a_step, const void *b, long b_first,
                       int count, double *sums, int block, int type) {
  float row[CK_MAX_BLOCK] = {0};
  if (block == 1) {
    for (int i = 0; i < count; i += LANES)
      for (int lane = 0; lane < LANES && i + lane < count; lane++)
        row[lane] += ck_value(a, a_first + (i + lane) * a_step, type) *
                     ck_value(b, b_first + i + lane, type);
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) sum += row[lane];
    sums[0] += sum;
    return;
  }
  for (int i = 0; i < count; i++)
    for (int lane = 0; lane < block; lane++)
      row[lane] += ck_value(a, (a_first + i * a_step) * block + lane, type) *
                   ck_value(b, (b_first + i) * block + lane, type);
  for (int lane = 0; lane < block; lane++) sums[lane] += row[lane];
}

CK_INLINE void add_bias(const void *line, int count, double *sums, int block, int type) {
  float row[CK_MAX_BLOCK] = {0};
  for (int i = 0; i < count; i++)
    for (int lane = 0; lane < block; lane++)
      row[lane] += ck_value(line, (long)i * block + lane, type);
  for (int lane = 0; lane < block; lane++) sums[lane] += row[lane];
}

// The terms of one row of windows.
CK_INLINE void add_windows(const pass *p, ck_pixel_row at, double *sums, int block, int type) {
  const ck_depthwise *d = p->by;
  ck_layout in = d->input, out = d->output;
  const void *gradient = ck_line(out, p->doutput, at, at.slice, at.row);
  int tap = 0;
  for (int z = 0; z < d->kernel.depth; z++)
    for (int y = 0; y < d->kernel.height; y++) {
      int slice =
          at.slice * d->stride.depth + ck_tap_offset(z, d->dilation.depth, d->padding.depth);
      int row =
          at.row * d->stride.height + ck_tap_offset(y, d->dilation.height, d->padding.height);
      if (slice < 0 || slice >= in.d || row < 0 || row >= in.h) {
        tap += d->kernel.width;
        continue;
      }
      const void *line = ck_line(in, p->input, at, slice, row);
      for (int x = 0; x < d->kernel.width; x++, tap++) {
        int offset = ck_tap_offset(x, d->dilation.width, d->padding.width);
        ck_reach reach = ck_windows_into(offset, d->stride.width, 0, in.w, out.w);
        long first = (long)reach.begin * d->stride.width + offset;
        if (d->stride.width == 1)
          add_row(line, first, 1, gradient, reach.begin, reach.end - reach.begin,
                  sums + (long)tap * block, block, type);
        else
          add_row(line, first, d->stride.width, gradient, reach.begin, reach.end - reach.begin,
                  sums + (long)tap * block, block, type);
      }
    }
  if (p->dbias) add_bias(gradient, out.w, sums + (long)tap * block, block, type);
}

#define MOST_SUMS 4096

CK_INLINE void sum_plane(const pass *p, int unit, int block, int type) {
  ck_layout out = p->by->output;
  int count = (ck_taps(p->by) + 1) * block;
  double sums[MOST_SUMS];
  for (int i = 0; i < count; i++) sums[i] = 0;
  ck_pixel_row at = {unit / ck_blocks(out), unit % ck_blocks(out), 0, 0};
  for (at.slice = 0; at.slice < out.d; at.slice++)
    for (at.row = 0; at.row < out.h; at.row++) add_windows(p, at, sums, block, type);
  for (int i = 0; i < count; i++) p->partials[(long)unit * count + i] = (float)sums[i];
}

CK_KERNEL static void sum_unit(void *context, int unit) {
  const pass *p = context;
  CK_BY_BLOCK(sum_plane, p, unit, p->by->output, p->input.type);
}

static void merge_channel(void *context, int c) {
  const pass *p = context;
  ck_layout out = p->by->output;
  int taps = ck_taps(p->by), block = out.block, blocks = ck_blocks(out);
  for (int tap = 0; tap <= taps; tap++) {
    double sum = 0;
    for (int n = 0; n < out.n; n++) {
      long unit = (long)n * blocks + c / block;
      sum += p->partials[(unit * (taps + 1) + tap) * block + c % block];
    }
    if (tap < taps)
      p->dweight[(long)c * taps + tap] = (float)sum;
    else if (p->dbias)
      p->dbias[c] = (float)sum;
  }
}

void ck_depthwise_weight(const ck_depthwise *d, ck_tensor input, ck_tensor doutput,
                         float *dweight, float *dbias, float *scratch) {
  ck_layout out = d->output;
  assert((ck_taps(d) + 1) * out.block <= MOST_SUMS);
  pass p = {.by = d, .input = input, .doutput = doutput, .partials = scratch,
            .dweight = dweight, .dbias = dbias};
  ck_parallel(d->threads, out.n * ck_blocks(out), sum_unit, &p);
  ck_parallel(d->threads, out.c, merge_channel, &p);
}
