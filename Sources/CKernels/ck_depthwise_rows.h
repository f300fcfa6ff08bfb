#ifndef CK_DEPTHWISE_PRIVATE_H
#define CK_DEPTHWISE_PRIVATE_H

// What the directions of a depthwise convolution share: private to this target.

#include "include/ck_depthwise.h"
#include "ck_lanes.h"

// A row of pixels of a tensor, within its sample and block of channels.
typedef struct {
  int n, b, slice, row;
} ck_pixel_row;

CK_INLINE ck_pixel_row ck_pixel_row_at(ck_layout l, int unit) {
  int rows = l.d * l.h, index = unit % rows, plane = unit / rows;
  return (ck_pixel_row){plane / ck_blocks(l), plane % ck_blocks(l), index / l.h, index % l.h};
}

CK_INLINE int ck_pixel_rows(ck_layout l) { return l.n * ck_blocks(l) * l.d * l.h; }

// The first value of a row of pixels of the same sample and block.
CK_INLINE void *ck_line(ck_layout l, ck_tensor t, ck_pixel_row at, int slice, int row) {
  long start = at.n * t.stride +
               ((at.b * (long)l.d + slice) * l.h + row) * (long)l.w * l.block;
  return ck_value_at(t.values, start, t.type);
}

// Where a value of the kernel falls along one axis, for window 0.
CK_INLINE int ck_tap_offset(int tap, int dilation, int padding) { return tap * dilation - padding; }

// The windows of `count` whose tap at `offset` falls into begin ..< end of the input.
typedef struct {
  int begin, end;
} ck_reach;

CK_INLINE int ck_ceiling_quotient(int a, int b) { return a >= 0 ? (a + b - 1) / b : -(-a / b); }

CK_INLINE ck_reach ck_windows_into(int offset, int stride, int begin, int end, int count) {
  int first = ck_ceiling_quotient(begin - offset, stride);
  int last = ck_ceiling_quotient(end - offset, stride);
  if (first < 0) first = 0;
  if (last > count) last = count;
  return (ck_reach){first, last < first ? first : last};
}

CK_INLINE int ck_taps(const ck_depthwise *d) {
  return d->kernel.depth * d->kernel.height * d->kernel.width;
}

// Calls a function of a unit, compiled for the common blocks and types.
#define CK_BY_BLOCK(function, p, unit, layout, type)              \
  do {                                                            \
    if ((layout).block == 16 && (type) == CK_F32)                 \
      function(p, unit, 16, CK_F32);                              \
    else if ((layout).block == 16)                                \
      function(p, unit, 16, CK_BF16);                             \
    else if ((layout).block == 8)                                 \
      function(p, unit, 8, type);                                 \
    else if ((layout).block == 1)                                 \
      function(p, unit, 1, type);                                 \
    else                                                          \
      function(p, unit, (layout).block, type);                    \
  } while (0)

#endif
