#ifndef CKERNELS_H
#define CKERNELS_H
// The C of the engine's inner loops: everything that runs once per pixel or per parameter.
#include "ck_activation.h"
#include "ck_batch_norm.h"
#include "ck_bias.h"
#include "ck_channels.h"
#include "ck_columns.h"
#include "ck_digest.h"
#include "ck_dispatch.h"
#include "ck_dropout.h"
#include "ck_elementwise.h"
#include "ck_image.h"
#include "ck_layout.h"
#include "ck_losses.h"
#include "ck_math.h"
#include "ck_metrics.h"
#include "ck_parallel.h"
#include "ck_pooling.h"
#include "ck_random.h"
#include "ck_resample.h"
#include "ck_scene.h"
#include "ck_solvers.h"
#endif
