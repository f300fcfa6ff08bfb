#ifndef CK_ORTHOGONAL_H
#define CK_ORTHOGONAL_H

// Makes the rows of a matrix [rows][columns] orthogonal to each other and of length `gain`, or its
// columns where these are fewer: Gram and Schmidt's method in its modified form, each vector
// projected twice. The vectors must be independent, as random ones are.
void ck_orthogonalize(float *matrix, long rows, long columns, float gain);

#endif
