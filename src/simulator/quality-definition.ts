export interface QualityDefinition {
  readonly id: string;
  readonly name: string;
  /** From this score (0–100) on a reading is Good. */
  readonly goodFrom: number;
  /** From this score on it is Fair, below it Poor. */
  readonly fairFrom: number;
  /** How much more than the average it suffers from a bad line. */
  readonly sensitivity: number;
}

/** PingPlotter's default definitions. Their bounds are made up: the real ones are not documented. */
export const remoteDesktop: QualityDefinition = {
  id: '5d0c7a52-6f0e-4f3b-9a41-0c1f6f1b7a01',
  name: 'Remote Desktop',
  goodFrom: 80,
  fairFrom: 60,
  sensitivity: 1,
};

export const webEmail: QualityDefinition = {
  id: '5d0c7a52-6f0e-4f3b-9a41-0c1f6f1b7a02',
  name: 'Web/Email',
  goodFrom: 70,
  fairFrom: 45,
  sensitivity: 0.6,
};

export const voiceOverIp: QualityDefinition = {
  id: '5d0c7a52-6f0e-4f3b-9a41-0c1f6f1b7a03',
  name: 'Voice-over-IP',
  goodFrom: 82,
  fairFrom: 65,
  sensitivity: 1.3,
};

export const videoCall: QualityDefinition = {
  id: '5d0c7a52-6f0e-4f3b-9a41-0c1f6f1b7a04',
  name: 'Video Call',
  goodFrom: 78,
  fairFrom: 58,
  sensitivity: 1.1,
};

export const qualityDefinitions: readonly QualityDefinition[] = [
  remoteDesktop,
  webEmail,
  voiceOverIp,
  videoCall,
];

/** The definition of an id; one that nobody defined measures like Remote Desktop. */
export const definitionOf = (id: string): QualityDefinition =>
  qualityDefinitions.find((definition) => definition.id === id) ?? remoteDesktop;

export const wordFor = (definitionId: string, score: number): 'Good' | 'Fair' | 'Poor' => {
  const { goodFrom, fairFrom } = definitionOf(definitionId);
  if (score >= goodFrom) return 'Good';
  return score >= fairFrom ? 'Fair' : 'Poor';
};
