#include "ck_depthwise.h"

#include "ck_depthwise_rows.h"

// A unit is a row of pixels of the tensor that is written, of one sample and block of channels. Its
// values are summed up tile by tile in a buffer that stays in the cache, one value of the kernel after
// the other: loops over the pixels of a row, which a compiler makes vectors of for any block.

#define TILE 4096  // values of the buffer

typedef struct {
  const ck_depthwise *by;
  ck_tensor read, written;
  const float *weights;  // [block of channels][tap][lane]
  ck_depthwise_finish finish;
  int accumulate;
} pass;

// Weights --------------------------------------------------------------------------------------

// The weights in the order of the lanes, zero beyond the last channel.
static void arrange_weights(const ck_depthwise *d, const float *weight, float *result) {
  int block = d->output.block, taps = ck_taps(d);
  for (int b = 0; b < ck_blocks(d->output); b++)
    for (int tap = 0; tap < taps; tap++)
      for (int lane = 0; lane < block; lane++) {
        int c = b * block + lane;
        result[((long)b * taps + tap) * block + lane] =
            c < d->output.c ? weight[(long)c * taps + tap] : 0;
      }
}

// sums[lane of pixel i · sum_step] += line[lane of pixel i · line_step] · weight[lane]
CK_INLINE void add_products(float *sums, long sum_step, const void *line, long first,
                            long line_step, const float *weight, int count, int block, int type) {
  for (int i = 0; i < count; i++)
    for (int lane = 0; lane < block; lane++)
      sums[i * sum_step * block + lane] +=
          ck_value(line, (first + i * line_step) * block + lane, type) * weight[lane];
}

CK_INLINE void add_by_steps(float *sums, long sum_step, const void *line, long first,
                            long line_step, const float *weight, int count, int block, int type) {
  if (sum_step == 1 && line_step == 1)
    add_products(sums, 1, line, first, 1, weight, count, block, type);
  else if (sum_step == 1 && line_step == 2)
    add_products(sums, 1, line, first, 2, weight, count, block, type);
  else
    add_products(sums, sum_step, line, first, line_step, weight, count, block, type);
}

// Forward ---------------------------------------------------------------------------------------

CK_INLINE void finish_tile(const pass *p, ck_pixel_row at, const float *sums, void *line, int first,
                           int count, int block, int type) {
  ck_depthwise_finish f = p->finish;
  float bias[CK_MAX_BLOCK] = {0};
  for (int lane = 0; f.bias && lane < block; lane++)
    if (at.b * block + lane < p->by->output.c) bias[lane] = f.bias[at.b * block + lane];
  for (int i = 0; i < count; i++)
    for (int lane = 0; lane < block; lane++) {
      float value = sums[i * block + lane] + bias[lane];
      if (f.rectifies) value = value <= 0 ? 0 : value > f.ceiling ? f.ceiling : value;
      ck_set(line, (long)(first + i) * block + lane, value, type);
    }
}

CK_INLINE void forward_row(const pass *p, int unit, int block, int type) {
  const ck_depthwise *d = p->by;
  ck_layout in = d->input, out = d->output;
  ck_pixel_row at = ck_pixel_row_at(out, unit);
  const float *weights = p->weights + (long)at.b * ck_taps(d) * block;
  void *line = ck_line(out, p->written, at, at.slice, at.row);
  float sums[TILE];
  int tile = TILE / block;
  for (int first = 0; first < out.w; first += tile) {
    int count = out.w - first < tile ? out.w - first : tile;
    memset(sums, 0, (size_t)count * block * sizeof(float));
    int tap = 0;
    for (int z = 0; z < d->kernel.depth; z++)
      for (int y = 0; y < d->kernel.height; y++) {
        int slice = at.slice * d->stride.depth +
                    ck_tap_offset(z, d->dilation.depth, d->padding.depth);
        int row = at.row * d->stride.height +
                  ck_tap_offset(y, d->dilation.height, d->padding.height);
        if (slice < 0 || slice >= in.d || row < 0 || row >= in.h) {
          tap += d->kernel.width;
          continue;
        }
        const void *source = ck_line(in, p->read, at, slice, row);
        for (int x = 0; x < d->kernel.width; x++, tap++) {
          int offset = ck_tap_offset(x, d->dilation.width, d->padding.width);
          ck_reach reach = ck_windows_into(offset, d->stride.width, 0, in.w, first + count);
          if (reach.begin < first) reach.begin = first;
          if (reach.begin >= reach.end) continue;
          add_by_steps(sums + (long)(reach.begin - first) * block, 1, source,
                       (long)reach.begin * d->stride.width + offset, d->stride.width,
                       weights + (long)tap * block, reach.end - reach.begin, block, type);
        }
      }
    finish_tile(p, at, sums, line, first, count, block, type);
  }
}

CK_KERNEL static void forward_unit(void *context, int unit) {
  const pass *p = context;
  CK_BY_BLOCK(forward_row, p, unit, p->by->output, p->read.type);
}

void ck_depthwise_forward(const ck_depthwise *d, ck_tensor input, const float *weight,
                          ck_depthwise_finish finish, ck_tensor output, float *scratch) {
  assert(d->input.block == d->output.block && d->input.block <= CK_MAX_BLOCK &&
         input.type == output.type);
  arrange_weights(d, weight, scratch);
  pass p = {.by = d, .read = input, .written = output, .weights = scratch, .finish = finish};
  ck_parallel(d->threads, ck_pixel_rows(d->output), forward_unit, &p);
}

// The gradient of the input ------------------------------------------------------------------------

// The window whose tap at `offset` falls on a place along an axis; -1 where none does.
CK_INLINE int window_on(int place, int offset, int stride, int count) {
  int distance = place - offset;
  return distance >= 0 && distance % stride == 0 && distance / stride < count ? distance / stride
                                                                              : -1;
}

CK_INLINE void data_row(const pass *p, int unit, int block, int type) {
  const ck_depthwise *d = p->by;
  ck_layout in = d->input, out = d->output;
  ck_pixel_row at = ck_pixel_row_at(in, unit);
  const float *weights = p->weights + (long)at.b * ck_taps(d) * block;
  void *line = ck_line(in, p->written, at, at.slice, at.row);
  float sums[TILE];
  int tile = TILE / block;
  for (int first = 0; first < in.w; first += tile) {
    int count = in.w - first < tile ? in.w - first : tile;
    memset(sums, 0, (size_t)count * block * sizeof(float));
    int tap = 0;
    for (int z = 0; z < d->kernel.depth; z++)
      for (int y = 0; y < d->kernel.height; y++) {
        int slice = window_on(at.slice, ck_tap_offset(z, d->dilation.depth, d->padding.depth),
                              d->stride.depth, out.d);
        int row = window_on(at.row, ck_tap_offset(y, d->dilation.height, d->padding.height),
                            d->stride.height, out.h);
        if (slice < 0 || row < 0) {
          tap += d->kernel.width;
          continue;
        }
        const void *source = ck_line(out, p->read, at, slice, row);
        for (int x = 0; x < d->kernel.width; x++, tap++) {
          int offset = ck_tap_offset(x, d->dilation.width, d->padding.width);
          ck_reach reach =
              ck_windows_into(offset, d->stride.width, first, first + count, out.w);
          if (reach.begin >= reach.end) continue;
          int place = reach.begin * d->stride.width + offset - first;
          add_by_steps(sums + (long)place * block, d->stride.width, source, reach.begin, 1,
                       weights + (long)tap * block, reach.end - reach.begin, block, type);
        }
      }
    for (long i = 0; i < (long)count * block; i++) {
      long index = (long)first * block + i;
      float value = sums[i];
      if (p->accumulate) value = ck_value(line, index, type) + value;
      ck_set(line, index, value, type);
    }
  }
}

CK_KERNEL static void data_unit(void *context, int unit) {
  const pass *p = context;
  CK_BY_BLOCK(data_row, p, unit, p->by->input, p->read.type);
}

void ck_depthwise_data(const ck_depthwise *d, ck_tensor doutput, const float *weight,
                       ck_tensor dinput, int accumulate, float *scratch) {
  arrange_weights(d, weight, scratch);
  pass p = {.by = d, .read = doutput, .written = dinput, .weights = scratch,
            .accumulate = accumulate};
  ck_parallel(d->threads, ck_pixel_rows(d->input), data_unit, &p);
}

long ck_depthwise_scratch(const ck_depthwise *d) {
  long weights = (long)ck_blocks(d->output) * ck_taps(d) * d->output.block;
  long partials = d->output.n * (weights + (long)ck_blocks(d->output) * d->output.block);
  return weights > partials ? weights : partials;
}
