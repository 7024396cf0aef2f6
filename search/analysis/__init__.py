"""Words of texts and questions: folding, stems, positions, edit distances. The ground floor of searching."""
