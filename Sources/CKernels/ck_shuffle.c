#include "ck_shuffle.h"

#include "ck_lanes.h"

// A unit is a row of pixels of the tensor that is written, of one sample and block of channels.

typedef struct {
  ck_shuffle by;
  ck_tensor source, target;
  int accumulate;
} pass;

typedef struct {
  int channel, row, column;
} place;

CK_INLINE place origin_of(ck_shuffle s, place to) {
  int factor = s.factor, channels = s.from.c / s.groups;
  int inner = to.row % factor * factor + to.column % factor;
  int channel = to.channel * factor * factor + inner;
  if (s.groups > 1) channel = to.channel % s.groups * channels + to.channel / s.groups;
  return (place){channel, to.row / factor, to.column / factor};
}

CK_INLINE place target_of(ck_shuffle s, place from) {
  int factor = s.factor, area = factor * factor, inner = from.channel % area;
  int channels = s.from.c / s.groups;
  int channel = from.channel / area;
  if (s.groups > 1) channel = from.channel % channels * s.groups + from.channel / channels;
  return (place){channel, from.row * factor + inner / factor,
                 from.column * factor + inner % factor};
}

CK_INLINE long index_of(ck_layout layout, ck_tensor tensor, int n, place p) {
  return n * tensor.stride + ck_index(layout, 0, p.channel, (long)p.row * layout.w + p.column);
}

CK_INLINE void move_row(const pass *p, ck_layout read, ck_layout written, int unit, int forward) {
  int rows = written.h, plane = unit / rows, row = unit % rows, block = written.block;
  int n = plane / ck_blocks(written), first = plane % ck_blocks(written) * block;
  for (int column = 0; column < written.w; column++)
    for (int lane = 0; lane < block; lane++) {
      place here = {first + lane, row, column};
      float value = 0;
      long index = n * p->target.stride +
                   ((long)(first / block) * ck_area(written) + (long)row * written.w + column) *
                       block + lane;
      if (here.channel < written.c) {
        place there = forward ? origin_of(p->by, here) : target_of(p->by, here);
        value = ck_value(p->source.values, index_of(read, p->source, n, there), p->source.type);
        if (p->accumulate) value += ck_value(p->target.values, index, p->target.type);
      }
      ck_set(p->target.values, index, value, p->target.type);
    }
}

CK_KERNEL static void forward_row(void *context, int unit) {
  const pass *p = context;
  move_row(p, p->by.from, p->by.to, unit, 1);
}

CK_KERNEL static void backward_row(void *context, int unit) {
  const pass *p = context;
  move_row(p, p->by.to, p->by.from, unit, 0);
}

static int rows_of(ck_layout l) { return l.n * ck_blocks(l) * l.h; }

void ck_shuffle_forward(ck_shuffle shuffle, ck_tensor from, ck_tensor to, int threads) {
  pass p = {.by = shuffle, .source = from, .target = to};
  ck_parallel(threads, rows_of(shuffle.to), forward_row, &p);
}

void ck_shuffle_backward(ck_shuffle shuffle, ck_tensor dto, ck_tensor dfrom, int accumulate,
                         int threads) {
  pass p = {.by = shuffle, .source = dto, .target = dfrom, .accumulate = accumulate};
  ck_parallel(threads, rows_of(shuffle.from), backward_row, &p);
}
