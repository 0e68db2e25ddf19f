export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
export const thumbnailCard = 'application/vnd.microsoft.card.thumbnail';
export const searchResponse = 'application/vnd.microsoft.search.searchResponse';
export const activityMessage = 'application/vnd.microsoft.activity.message';
export const errorResponse = 'application/vnd.microsoft.error';
