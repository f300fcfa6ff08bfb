#include "ck_pooling_any.h"

#include "ck_lanes.h"

// A unit is a row of pixels of the tensor that is written, of one sample and block of channels. The
// inner loops run over the lanes of a pixel, and are compiled for the common blocks.

typedef struct {
  ck_windows windows;
  ck_tensor large, small;
  const uint8_t *positions;
  uint8_t *positions_result;
  int accumulate;
} pooling;

// A row of a tensor, with the block of channels that it belongs to.
typedef struct {
  int slice, row;
  void *line;      // the first value of the row
  void *other;     // the first value of the other tensor's block
  long positions;  // index of the block's first position
} pixel_row;

CK_INLINE pixel_row pixel_row_at(ck_windows w, ck_layout written, ck_tensor tensor,
                                 ck_layout read, ck_tensor other, int unit) {
  int rows = written.d * written.h, index = unit % rows, plane = unit / rows;
  int block = written.block;
  long n = plane / ck_blocks(written), b = plane % ck_blocks(written);
  long line = n * tensor.stride + (b * ck_area(written) + (long)index * written.w) * block;
  return (pixel_row){
      .slice = index / written.h,
      .row = index % written.h,
      .line = ck_value_at(tensor.values, line, tensor.type),
      .other = ck_value_at(other.values, n * other.stride + b * ck_area(read) * block, other.type),
      .positions = plane * ck_area(w.small) * block,
  };
}

// What of a window or of the windows around a pixel counts along one axis: begin ..< end.
typedef struct {
  int begin, end;
} span;

// The places of a window that lie within `length` values.
CK_INLINE span places_of(int window, int size, int stride, int padding, int length) {
  int start = window * stride - padding, room = length - start;
  return (span){start < 0 ? -start : 0, room < size ? room : size};
}

// The windows of `count` that contain a place.
CK_INLINE span windows_around(int place, int size, int stride, int padding, int count) {
  int reach = place + padding, first = reach - size + 1;
  int begin = first > 0 ? (first + stride - 1) / stride : 0, end = reach / stride + 1;
  return (span){begin, end < count ? end : count};
}

CK_INLINE void pool_row(const pooling *p, pixel_row r, int block, int type) {
  ck_windows w = p->windows;
  ck_layout large = w.large;
  span depth = places_of(r.slice, w.depth, w.stride.depth, w.padding.depth, large.d);
  span height = places_of(r.row, w.height, w.stride.height, w.padding.height, large.h);
  long first_slice = (long)r.slice * w.stride.depth - w.padding.depth;
  long first_row = (long)r.row * w.stride.height - w.padding.height;
  for (int column = 0; column < w.small.w; column++) {
    span width = places_of(column, w.width, w.stride.width, w.padding.width, large.w);
    long first_column = (long)column * w.stride.width - w.padding.width;
    float best[CK_MAX_BLOCK];
    int32_t where[CK_MAX_BLOCK];
    int is_first = 1;
    for (int z = depth.begin; z < depth.end; z++)
      for (int y = height.begin; y < height.end; y++)
        for (int x = width.begin; x < width.end; x++) {
          long pixel = ((first_slice + z) * large.h + first_row + y) * large.w + first_column + x;
          int32_t position = (z * w.height + y) * w.width + x;
          for (int lane = 0; lane < block; lane++) {
            float value = ck_value(r.other, pixel * block + lane, type);
            int larger = is_first | (value > best[lane]) |
                         ((value != value) & (best[lane] == best[lane]));
            best[lane] = larger ? value : best[lane];
            where[lane] = larger ? position : where[lane];
          }
          is_first = 0;
        }
    long index = r.positions + ((long)(r.slice * w.small.h + r.row) * w.small.w + column) * block;
    for (int lane = 0; lane < block; lane++) {
      ck_set(r.line, (long)column * block + lane, best[lane], type);
      p->positions_result[index + lane] = (uint8_t)where[lane];
    }
  }
}

CK_INLINE void scatter_row(const pooling *p, pixel_row r, int block, int type) {
  ck_windows w = p->windows;
  ck_layout small = w.small;
  span slices = windows_around(r.slice, w.depth, w.stride.depth, w.padding.depth, small.d);
  span rows = windows_around(r.row, w.height, w.stride.height, w.padding.height, small.h);
  for (int column = 0; column < w.large.w; column++) {
    span columns = windows_around(column, w.width, w.stride.width, w.padding.width, small.w);
    float sums[CK_MAX_BLOCK];
    for (int lane = 0; lane < block; lane++) sums[lane] = 0;
    for (int z = slices.begin; z < slices.end; z++)
      for (int y = rows.begin; y < rows.end; y++)
        for (int x = columns.begin; x < columns.end; x++) {
          int slice = r.slice + w.padding.depth - z * w.stride.depth;
          int row = r.row + w.padding.height - y * w.stride.height;
          int place = column + w.padding.width - x * w.stride.width;
          uint8_t position = (uint8_t)((slice * w.height + row) * w.width + place);
          long pixel = ((long)z * small.h + y) * small.w + x;
          const uint8_t *positions = p->positions + r.positions + pixel * block;
          for (int lane = 0; lane < block; lane++)
            sums[lane] +=
                positions[lane] == position ? ck_value(r.other, pixel * block + lane, type) : 0;
        }
    for (int lane = 0; lane < block; lane++) {
      long place = (long)column * block + lane;
      float value = sums[lane];
      if (p->accumulate) value = ck_value(r.line, place, type) + value;
      ck_set(r.line, place, value, type);
    }
  }
}

CK_INLINE void gather_row(const pooling *p, pixel_row r, int block, int type) {
  ck_windows w = p->windows;
  for (int column = 0; column < w.small.w; column++) {
    long pixel = (long)(r.slice * w.small.h + r.row) * w.small.w + column;
    const uint8_t *positions = p->positions + r.positions + pixel * block;
    for (int lane = 0; lane < block; lane++) {
      int line = positions[lane] / w.width, x = positions[lane] % w.width;
      long slice = (long)r.slice * w.stride.depth - w.padding.depth + line / w.height;
      long row = (long)r.row * w.stride.height - w.padding.height + line % w.height;
      long place = (long)column * w.stride.width - w.padding.width + x;
      float value =
          ck_value(r.other, ((slice * w.large.h + row) * w.large.w + place) * block + lane, type);
      if (p->accumulate) value = ck_value(r.line, (long)column * block + lane, type) + value;
      ck_set(r.line, (long)column * block + lane, value, type);
    }
  }
}

// Calls a function of a row, compiled for the common blocks and types.
#define CK_SPECIALISED(row_function, p, r)                                       \
  do {                                                                           \
    int is_f32 = (p)->large.type == CK_F32;                                      \
    switch ((p)->windows.large.block) {                                          \
    case 16:                                                                     \
      if (is_f32)                                                                \
        row_function(p, r, 16, CK_F32);                                          \
      else                                                                       \
        row_function(p, r, 16, CK_BF16);                                         \
      break;                                                                     \
    case 8: row_function(p, r, 8, (p)->large.type); break;                       \
    case 1: row_function(p, r, 1, (p)->large.type); break;                       \
    default: row_function(p, r, (p)->windows.large.block, (p)->large.type);      \
    }                                                                            \
  } while (0)

CK_KERNEL static void pool_unit(void *context, int unit) {
  const pooling *p = context;
  ck_windows w = p->windows;
  CK_SPECIALISED(pool_row, p, pixel_row_at(w, w.small, p->small, w.large, p->large, unit));
}

CK_KERNEL static void scatter_unit(void *context, int unit) {
  const pooling *p = context;
  ck_windows w = p->windows;
  CK_SPECIALISED(scatter_row, p, pixel_row_at(w, w.large, p->large, w.small, p->small, unit));
}

CK_KERNEL static void gather_unit(void *context, int unit) {
  const pooling *p = context;
  ck_windows w = p->windows;
  CK_SPECIALISED(gather_row, p, pixel_row_at(w, w.small, p->small, w.large, p->large, unit));
}

static int rows_of(ck_layout l) { return l.n * ck_blocks(l) * l.d * l.h; }

void ck_max_pool_any(ck_windows windows, ck_tensor large, ck_tensor maxima, uint8_t *positions,
                     int threads) {
  pooling p = {.windows = windows, .large = large, .small = maxima,
               .positions_result = positions};
  ck_parallel(threads, rows_of(windows.small), pool_unit, &p);
}

void ck_pool_scatter_any(ck_windows windows, ck_tensor small, const uint8_t *positions,
                         ck_tensor large, int accumulate, int threads) {
  pooling p = {.windows = windows, .large = large, .small = small, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, rows_of(windows.large), scatter_unit, &p);
}

void ck_pool_gather_any(ck_windows windows, ck_tensor large, const uint8_t *positions,
                        ck_tensor small, int accumulate, int threads) {
  pooling p = {.windows = windows, .large = large, .small = small, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, rows_of(windows.small), gather_unit, &p);
}
