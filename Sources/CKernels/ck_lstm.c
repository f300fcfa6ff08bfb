#include "ck_lstm.h"

#include "ck_lanes.h"
#include "ck_sigmoid.h"

// Steps -----------------------------------------------------------------------------------------

// A unit is a row of one sample and one block of channels.
typedef struct {
  ck_layout layout;
  ck_tensor tensor;
  int step, accumulate;
  float *plain;
} step_pass;

typedef struct {
  int channel, lanes;  // the first channel of the block, and how many it has
  long tensor, plain;  // indices of the row's first value
} step_row;

CK_INLINE step_row row_at(const step_pass *p, int unit) {
  ck_layout l = p->layout;
  int row = unit % l.h, plane = unit / l.h, block = plane % ck_blocks(l), n = plane / ck_blocks(l);
  int channel = block * l.block, left = l.c - channel;
  return (step_row){
      .channel = channel,
      .lanes = left < l.block ? left : l.block,
      .tensor = n * p->tensor.stride +
                (block * ck_area(l) + ((long)p->step * l.h + row) * l.w) * l.block,
      .plain = (((long)n * l.c + channel) * l.h + row) * l.w,
  };
}

CK_KERNEL static void read_row(void *context, int unit) {
  const step_pass *p = context;
  step_row row = row_at(p, unit);
  long plane = (long)p->layout.h * p->layout.w;
  for (int lane = 0; lane < row.lanes; lane++)
    for (int x = 0; x < p->layout.w; x++)
      p->plain[row.plain + lane * plane + x] = ck_value(
          p->tensor.values, row.tensor + (long)x * p->layout.block + lane, p->tensor.type);
}

CK_KERNEL static void write_row(void *context, int unit) {
  const step_pass *p = context;
  step_row row = row_at(p, unit);
  long plane = (long)p->layout.h * p->layout.w;
  int block = p->layout.block, type = p->tensor.type;
  for (int x = 0; x < p->layout.w; x++)
    for (int lane = 0; lane < block; lane++) {
      long to = row.tensor + (long)x * block + lane;
      float value = lane < row.lanes ? p->plain[row.plain + lane * plane + x] : 0;
      if (p->accumulate) value += ck_value(p->tensor.values, to, type);
      ck_set(p->tensor.values, to, value, type);
    }
}

static int rows_of(ck_layout l) { return l.n * ck_blocks(l) * l.h; }

void ck_step_read(ck_layout layout, ck_tensor from, int step, float *to, int threads) {
  step_pass p = {.layout = layout, .tensor = from, .step = step, .plain = to};
  ck_parallel(threads, rows_of(layout), read_row, &p);
}

void ck_step_write(ck_layout layout, const float *from, ck_tensor to, int step, int accumulate,
                   int threads) {
  step_pass p = {.layout = layout, .tensor = to, .step = step, .accumulate = accumulate,
                 .plain = (float *)from};
  ck_parallel(threads, rows_of(layout), write_row, &p);
}

// The cell --------------------------------------------------------------------------------------

// A unit is one channel of one sample.
typedef struct {
  ck_lstm cell;
  float *gates, *state, *hidden, *dstate;
  const float *bias, *before, *dhidden;
} cell_pass;

// The maps of a channel.
typedef struct {
  float *i, *f, *o, *g;
  long at;  // of its maps that are no gates
  int channel;
} cell_maps;

CK_INLINE cell_maps maps_at(const cell_pass *p, int unit) {
  long area = p->cell.area;
  int hidden = p->cell.hidden, n = unit / hidden, channel = unit % hidden;
  float *first = p->gates + ((long)n * 4 * hidden + channel) * area;
  long part = hidden * area;
  return (cell_maps){first, first + part, first + 2 * part, first + 3 * part, unit * area, channel};
}

CK_KERNEL static void forward_channel(void *context, int unit) {
  const cell_pass *p = context;
  cell_maps m = maps_at(p, unit);
  const float *bias = p->bias + m.channel, *before = p->before ? p->before + m.at : NULL;
  int hidden = p->cell.hidden;
  float i0 = bias[0], f0 = bias[hidden], o0 = bias[2 * hidden], g0 = bias[3 * hidden];
  float *state = p->state + m.at, *output = p->hidden + m.at;
  CK_INDEPENDENT
  for (long x = 0; x < p->cell.area; x++) {
    float i = ck_sigmoid_of(m.i[x] + i0), f = ck_sigmoid_of(m.f[x] + f0);
    float o = ck_sigmoid_of(m.o[x] + o0), g = ck_tanh(m.g[x] + g0);
    float c = (before ? f * before[x] : 0) + i * g;
    m.i[x] = i;
    m.f[x] = f;
    m.o[x] = o;
    m.g[x] = g;
    state[x] = c;
    output[x] = o * ck_tanh(c);
  }
}

CK_KERNEL static void hidden_channel(void *context, int unit) {
  const cell_pass *p = context;
  cell_maps m = maps_at(p, unit);
  const float *state = p->state + m.at;
  float *output = p->hidden + m.at;
  CK_INDEPENDENT
  for (long x = 0; x < p->cell.area; x++) output[x] = m.o[x] * ck_tanh(state[x]);
}

CK_KERNEL static void backward_channel(void *context, int unit) {
  const cell_pass *p = context;
  cell_maps m = maps_at(p, unit);
  const float *before = p->before ? p->before + m.at : NULL, *state = p->state + m.at;
  const float *dhidden = p->dhidden + m.at;
  float *dstate = p->dstate + m.at;
  CK_INDEPENDENT
  for (long x = 0; x < p->cell.area; x++) {
    float i = m.i[x], f = m.f[x], o = m.o[x], g = m.g[x];
    float t = ck_tanh(state[x]), dh = dhidden[x];
    float dc = dstate[x] + dh * o * (1 - t * t);
    m.i[x] = dc * g * i * (1 - i);
    m.f[x] = before ? dc * before[x] * f * (1 - f) : 0;
    m.o[x] = dh * t * o * (1 - o);
    m.g[x] = dc * i * (1 - g * g);
    dstate[x] = dc * f;
  }
}

static void run(cell_pass pass, ck_body channel) {
  ck_parallel(pass.cell.threads, pass.cell.samples * pass.cell.hidden, channel, &pass);
}

void ck_lstm_forward(ck_lstm cell, float *gates, const float *bias, const float *before,
                     float *state, float *hidden) {
  run((cell_pass){.cell = cell, .gates = gates, .bias = bias, .before = before, .state = state,
                  .hidden = hidden},
      forward_channel);
}

void ck_lstm_hidden(ck_lstm cell, const float *gates, const float *state, float *hidden) {
  run((cell_pass){.cell = cell, .gates = (float *)gates, .state = (float *)state, .hidden = hidden},
      hidden_channel);
}

void ck_lstm_backward(ck_lstm cell, float *gates, const float *before, const float *state,
                      const float *dhidden, float *dstate) {
  run((cell_pass){.cell = cell, .gates = gates, .before = before, .state = (float *)state,
                  .dhidden = dhidden, .dstate = dstate},
      backward_channel);
}
