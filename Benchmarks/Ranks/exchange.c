// Times what ranks send each other for one turn of a training step: every rank sends each other its part of the
// gradients, and at the end of a step every rank gives its part of the sum to all.
//
//   mpicc -O2 exchange.c -o exchange && mpirun -np 2 ./exchange
//
// Prints for each number of values: seconds of the exchange and of the gathering, medians of several, and the bytes
// a second that a rank sends meanwhile.
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES = 15 };

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *times) {
  qsort(times, TIMES, sizeof *times, ascending);
  return times[TIMES / 2];
}

int main(int argc, char **argv) {
  int rank, ranks;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (!rank) printf("values,exchange_s,gather_s,exchange_bytes_per_s,gather_bytes_per_s\n");
  for (long values = 1 << 14; values <= 1 << 25; values *= 8) {
    int part = (int)(values / ranks);
    int counts[ranks], offsets[ranks];
    for (int other = 0; other < ranks; other++) {
      counts[other] = part;
      offsets[other] = other * part;
    }
    float *sent = malloc(values * sizeof *sent), *received = malloc(values * sizeof *received);
    memset(sent, 0, values * sizeof *sent);
    memset(received, 0, values * sizeof *received);
    double exchange[TIMES], gather[TIMES];
    for (int time = 0; time < TIMES; time++) {
      MPI_Barrier(MPI_COMM_WORLD);
      double begin = MPI_Wtime();
      MPI_Alltoallv(sent, counts, offsets, MPI_FLOAT, received, counts, offsets, MPI_FLOAT,
                    MPI_COMM_WORLD);
      MPI_Barrier(MPI_COMM_WORLD);
      exchange[time] = MPI_Wtime() - begin;
      begin = MPI_Wtime();
      MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_FLOAT, received, counts, offsets, MPI_FLOAT,
                     MPI_COMM_WORLD);
      MPI_Barrier(MPI_COMM_WORLD);
      gather[time] = MPI_Wtime() - begin;
    }
    double bytes = 4.0 * part * (ranks - 1), one = median(exchange), two = median(gather);
    if (!rank) printf("%ld,%.6f,%.6f,%.3g,%.3g\n", values, one, two, bytes / one, bytes / two);
    free(sent);
    free(received);
  }
  MPI_Finalize();
  return 0;
}
