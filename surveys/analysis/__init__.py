"""One question of a survey, counted by groups, on a page: the figures of the sheet 集計."""
