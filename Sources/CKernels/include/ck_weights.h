#ifndef CK_WEIGHTS_H
#define CK_WEIGHTS_H

// A convolution and the batch norm behind it as one convolution, for inference:
//   factor[o] = scale[o] / sqrt(variance[o] + epsilon)
//   folded weight = weight · factor[o]
//   folded bias[o] = (bias[o] - mean[o]) · factor[o] + shift[o]
// The weight lies [outer][outputs][inner]: outer is 1 for a convolution, the number of inputs for
// a transposed one. bias may be NULL.
typedef struct {
  long outer, outputs, inner;
  const float *weight, *bias, *scale, *shift, *mean, *variance;
  float epsilon;
} ck_folding;
void ck_fold_batch_norm(const ck_folding *folding, float *weight, float *bias);

// sum[i] = parts[0][i] + parts[1][i] + …, in this order, of `count` parts that lie `length` apart.
void ck_sum_parts(const float *parts, int count, long length, float *sum, int threads);

#endif
