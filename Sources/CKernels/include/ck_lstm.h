#ifndef CK_LSTM_H
#define CK_LSTM_H

#include "ck_layout.h"

// The cell of a long short-term memory (Hochreiter & Schmidhuber 1997) at every place of maps, and the steps that it
// goes through: the depth of a tensor [N, C, T, H, W]. One step is worked on as plain f32, [N, C, H, W].

// to = step `step` of `from`, which may have any block and type.
void ck_step_read(ck_layout layout, ck_tensor from, int step, float *to, int threads);
// Step `step` of `to` = from, added to it if `accumulate`; padding lanes of channels become zero.
void ck_step_write(ck_layout layout, const float *from, ck_tensor to, int step, int accumulate,
                   int threads);

typedef struct {
  int samples, hidden;
  long area;  // H · W
  int threads;
} ck_lstm;

// Gates [N, 4 · hidden, H, W] in the order input i, forget f, output o and candidate g: in as sums, with `bias`
// [4 · hidden] still to be added, out as σ(i), σ(f), σ(o) and tanh(g).
//     state = f · before + i · g;  hidden = o · tanh(state)
// `before` is the state of the step before, NULL for zeros; it may be `state` itself.
void ck_lstm_forward(ck_lstm cell, float *gates, const float *bias, const float *before,
                     float *state, float *hidden);
// hidden = o · tanh(state), to the same bits as before.
void ck_lstm_hidden(ck_lstm cell, const float *gates, const float *state, float *hidden);
// The gradient of the gates' sums in place of the gates, from that of `hidden`; `dstate` is the gradient that the
// next step passed to the state, and becomes that of `before`.
void ck_lstm_backward(ck_lstm cell, float *gates, const float *before, const float *state,
                      const float *dhidden, float *dstate);

#endif
