#ifndef CK_LAYOUT_H
#define CK_LAYOUT_H

// How a tensor of activations lies in memory: [n][ceil(c / block)][d][h][w][block]; d is 1 for images.
// block == 1 is NCHW (or NCDHW). Lanes beyond c in the last block are padding: they hold zero, and every
// kernel keeps them zero.
typedef struct {
  int n, c, d, h, w, block;
} ck_layout;

static inline int ck_blocks(ck_layout l) { return (l.c + l.block - 1) / l.block; }
static inline long ck_area(ck_layout l) { return (long)l.d * l.h * l.w; }
static inline long ck_elements(ck_layout l) {
  return (long)l.n * ck_blocks(l) * ck_area(l) * l.block;
}
// Index of element (n, c, pixel).
static inline long ck_index(ck_layout l, int n, int c, long pixel) {
  return (((long)n * ck_blocks(l) + c / l.block) * ck_area(l) + pixel) * l.block + c % l.block;
}

// Extents, or steps, along the spatial axes; of images the depth is 1, or 0 for a padding.
typedef struct {
  int depth, height, width;
} ck_extent;

// How the values of a tensor are stored. CK_BF16: the upper half of an f32, rounded to nearest
// even; kernels compute in f32 and round what they write.
enum { CK_F32 = 0, CK_BF16 = 1 };

// The values of a tensor whose shape a ck_layout tells. Samples lie `stride` values apart: more
// than a sample has where the tensor is a range of channels within a wider one.
typedef struct {
  void *values;
  long stride;
  int type;
} ck_tensor;

#endif
